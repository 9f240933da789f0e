"""Purchases in the database: filtering, reading and writing."""
