"""Backups: make, list, verify, put back, and take a restore back."""

from app.services.backup.automatic import BackupSettings
from app.services.backup.creating import Created, create
from app.services.backup.folders import Listed, Pruned, listing, prune, write_out
from app.services.backup.latest import LastBackup
from app.services.backup.recovery import write_recovery_sheet
from app.services.backup.rehearsing import Rehearsal, TableChange, rehearse
from app.services.backup.restoring import Restored, restore, restore_points, undo_restore
from app.services.backup.verifying import Verified, verify
from app.storage.backup.problems import Locked, NothingThere, Unfit, WrongPassphrase

__all__ = [
    "BackupSettings",
    "Created",
    "LastBackup",
    "Listed",
    "Locked",
    "NothingThere",
    "Pruned",
    "Rehearsal",
    "Restored",
    "TableChange",
    "Unfit",
    "Verified",
    "WrongPassphrase",
    "create",
    "listing",
    "prune",
    "rehearse",
    "restore",
    "restore_points",
    "undo_restore",
    "verify",
    "write_out",
    "write_recovery_sheet",
]
