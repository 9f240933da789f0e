"""The page of retailers, brands, categories and tags."""
