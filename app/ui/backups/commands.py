"""What the user can do with backups, wherever it is asked for."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.services import backup, job_kinds
from app.services.backup import BackupSettings, Created, Listed, NothingThere, Verified, automatic
from app.services.jobs import JobContext
from app.ui.backups import words
from app.ui.i18n import tr, tr_n
from app.ui.session import Session

PAGE = "backups"


def back_up_now(session: Session) -> None:
    """Back up to the folder of backups; where none is chosen yet, that is asked for first."""
    ledger = session.ledger

    def go_on(settings: BackupSettings) -> None:
        if settings.folder:
            start(session, Path(settings.folder))
        else:
            choose_folder(session, settings, lambda folder: start(session, folder))

    session.bridge.read(lambda _interrupt: automatic.read(ledger), go_on, key="backups.now")


def choose_folder(session: Session, before: BackupSettings, then: Callable[[Path], object]) -> None:
    """Ask for the folder that backups go to, and remember it with the ledger."""
    chosen = QFileDialog.getExistingDirectory(
        session.window,
        tr("Choose a folder for backups, on another disk if possible"),
        before.folder or str(Path.home()),
    )
    if not chosen:
        return
    folder = _own_folder(Path(chosen))
    wanted = replace(before, folder=str(folder))
    problems = automatic.check_settings(wanted, session.ledger.path)
    if problems:
        session.notices.show_problem(problems[0].reason)
        return
    session.bridge.run_command(automatic.save(session.ledger, wanted), lambda _change: then(folder))


def start(
    session: Session,
    place: Path,
    passphrase: str | None = None,
    sheet: Path | None = None,
    *,
    anew: bool = False,
) -> None:
    """Back up to a file or a folder as a job; `sheet` is where the recovery sheet of a locked one goes."""
    if any(job.terms == job_kinds.BACKUP for job in session.ledger.jobs.running()):
        session.notify(tr("A backup is being made already"))
        return
    ledger = session.ledger

    def run(context: JobContext) -> Created:
        made = backup.create(ledger, place, context, passphrase, anew=anew)
        _write_sheet(session, place, passphrase, sheet)
        return made

    session.bridge.start_job(
        tr("Backing up"), run, partial(_made, session), partial(_failed, session, place), job_kinds.BACKUP
    )


def verify(session: Session, path: Path, then: Callable[[Verified], object]) -> None:
    """Verify a backup as a job, and say what was found."""

    def run(context: JobContext) -> Verified:
        return backup.verify(path, context)

    def tell(found: Verified) -> None:
        if found.ok:
            files = words.files_and_size(found.files, found.bytes)
            session.notify(tr("{backup} is good: {files}").format(backup=path.name, files=files))
        else:
            session.notices.show_problem(" ".join((path.name + ":", *found.problems[:2])))
        then(found)

    session.bridge.start_job(tr("Verifying {backup}").format(backup=path.name), run, tell)


def write_out(session: Session, one: Listed) -> None:
    """Ask where a snapshot goes as one file, and write it there."""
    from app.ui.backups.file_dialog import FileDialog

    def begin(target: Path, passphrase: str | None, sheet: Path | None) -> None:
        def run(context: JobContext) -> int:
            size = backup.write_out(one.path, target, context, passphrase)
            _write_sheet(session, target, passphrase, sheet)
            return size

        session.bridge.start_job(
            tr("Writing {backup}").format(backup=target.name),
            run,
            lambda size: session.notify(words.written(target, size)),
        )

    FileDialog(
        session,
        tr("Write out as one file"),
        tr("One file with everything in it, to take along or to give away."),
        one.path.stem,
        tr("Write"),
        begin,
    ).open()


def back_up_to_file(session: Session) -> None:
    """Ask for a file and perhaps a passphrase, and back up to it."""
    from app.domain.backups import backup_name
    from app.ui.backups.file_dialog import FileDialog

    profile = session.ledger.profile
    name = backup_name(
        profile.name or session.ledger.path.name, session.ledger.now().astimezone(profile.zone)
    )
    FileDialog(
        session,
        tr("Back up to a file"),
        tr("One file with the whole ledger, receipts included. A restore brings all of it back."),
        name,
        tr("Back up"),
        partial(start, session),
    ).open()


def show_in_folder(path: Path) -> None:
    """Open the folder that a backup is in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def _write_sheet(session: Session, place: Path, passphrase: str | None, sheet: Path | None) -> None:
    """Write the recovery sheet, where one is wanted."""
    if passphrase is not None and sheet is not None:
        backup.write_recovery_sheet(place, passphrase, sheet, session.ledger.today())


def _made(session: Session, made: Created) -> None:
    said = tr("Backed up {files} to {place}")
    session.notify(said.format(files=words.files_and_size(made.files, made.bytes), place=made.path))
    tell_left_out(session, made)


def tell_left_out(session: Session, made: Created) -> None:
    """Say that files are missing in a backup because the ledger does not have them any more."""
    if made.left_out:
        session.notices.partly_failed(
            tr_n(
                "{n} file is missing in the ledger, and so in the backup",
                "{n} files are missing in the ledger, and so in the backup",
                len(made.left_out),
            ),
            lambda: session.actions.run("tools.check"),
        )


def _failed(session: Session, place: Path, error: BaseException) -> None:
    if isinstance(error, NothingThere) and place.is_dir():
        session.notices.show_problem(
            str(error), tr("Begin again in this folder"), lambda: start(session, place, anew=True)
        )
    else:
        session.bridge.show_error(error)


def _own_folder(chosen: Path) -> Path:
    """Return a folder of its own for backups: beside other files it gets one inside, unless it has backups."""
    entries = [entry.name for entry in chosen.iterdir()] if chosen.is_dir() else []
    is_ours = any(name.endswith((".snapshot", ".counterfoil")) for name in entries)
    return chosen / tr("Counterfoil backups") if entries and not is_ours else chosen
