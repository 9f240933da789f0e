"""What a user can do, whichever way in they came."""
