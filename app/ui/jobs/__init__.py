"""The page of jobs: what runs, and what ran."""
