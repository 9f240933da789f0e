"""What keeps a backup from being used, each as one sentence."""

from app.domain.problems import Refused


class Unfit(Refused):
    """The file is no backup, or a damaged, foreign, hostile or newer one; nothing was changed."""


class Locked(Refused):
    """The backup is locked with a passphrase, and none was given."""


class WrongPassphrase(Refused):
    """The passphrase that was given does not open the backup."""


class NothingThere(Refused):
    """A folder that backups were written to is gone, or they are gone from it."""
