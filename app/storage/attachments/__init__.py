"""The files that hang on records: their bytes in `uploads/`, and what the database says of them."""
