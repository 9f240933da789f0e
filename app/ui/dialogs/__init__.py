"""What larger dialogs are made of: the frame of a wizard, small tables, a file's path, progress."""
