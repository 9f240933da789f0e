"""Backups on the disk: snapshots of a database, one-file archives, folders of snapshots, and putting one back."""
