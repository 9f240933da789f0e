"""Backups and restores in words."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.backups import LeftOut
from app.domain.recurrence import Every, is_due
from app.services.backup import BackupSettings, LastBackup, Verified
from app.services.backup.flow import STEPS, RestoreFlow, Step
from app.services.backup.sections import NOT_COUNTED, Section, SectionChange, lost
from app.ui import formats
from app.ui.dialogs.steps import StepState, StepView
from app.ui.i18n import tr, tr_n

_NAMES_IN_A_LINE = 2


def section_name(section: Section) -> str:
    """Return what a section of the ledger is called."""
    return {
        Section.PURCHASES: tr("Purchases"),
        Section.REFUNDS: tr("Refunds"),
        Section.ATTACHMENTS: tr("Receipts and files"),
        Section.WARRANTIES: tr("Warranties"),
        Section.CLAIMS: tr("Claims"),
        Section.DEBTS: tr("Debts"),
        Section.PAYMENTS: tr("Payments"),
        Section.BALANCES: tr("Balance entries"),
        Section.PLANS: tr("Payoff plans"),
        Section.NAMES: tr("Names"),
        Section.TAGGED: tr("Tags on purchases"),
        Section.RATES: tr("Exchange rates"),
        Section.SETTINGS: tr("Settings"),
        Section.OTHER: tr("Other records"),
    }[section]


def counted(section: Section, n: int) -> str:
    """Return a number of records of a section: "3 purchases"."""
    return {
        Section.PURCHASES: tr_n("{n} purchase", "{n} purchases", n),
        Section.REFUNDS: tr_n("{n} refund", "{n} refunds", n),
        Section.ATTACHMENTS: tr_n("{n} file", "{n} files", n),
        Section.WARRANTIES: tr_n("{n} warranty", "{n} warranties", n),
        Section.CLAIMS: tr_n("{n} claim", "{n} claims", n),
        Section.DEBTS: tr_n("{n} debt", "{n} debts", n),
        Section.PAYMENTS: tr_n("{n} payment", "{n} payments", n),
        Section.BALANCES: tr_n("{n} balance entry", "{n} balance entries", n),
        Section.PLANS: tr_n("{n} payoff plan", "{n} payoff plans", n),
        Section.NAMES: tr_n("{n} name", "{n} names", n),
        Section.TAGGED: tr_n("{n} tag on a purchase", "{n} tags on purchases", n),
        Section.RATES: tr_n("{n} exchange rate", "{n} exchange rates", n),
        Section.SETTINGS: tr_n("{n} setting", "{n} settings", n),
        Section.OTHER: tr_n("{n} other record", "{n} other records", n),
    }[section]


def detail(change: SectionChange) -> str:
    """Return what becomes of a section in a few words, with names where records have some."""
    if change.is_same:
        return tr("No difference")
    parts = []
    for n, names, words in (
        (
            change.removed,
            change.removed_names,
            tr("{names} goes") if change.removed == 1 else tr("{names} go"),
        ),
        (
            change.comes_back,
            change.comes_back_names,
            tr("{names} returns") if change.comes_back == 1 else tr("{names} return"),
        ),
        (
            change.changed,
            change.changed_names,
            tr("{names} as it was") if change.changed == 1 else tr("{names} as they were"),
        ),
    ):
        if n and names:
            parts.append(words.format(names=_named(names, n)))
    return ", ".join(parts) or formats.NO_VALUE


def _named(names: tuple[str, ...], n: int) -> str:
    quoted = [tr("“{name}”").format(name=name) for name in names[:_NAMES_IN_A_LINE]]
    if n > len(quoted):
        quoted.append(tr_n("{n} more", "{n} more", n - len(quoted)))
    return formats.all_of(quoted)


def loss(changes: list[SectionChange]) -> tuple[str, bool]:
    """Return what is to be known before a restore, and whether something is lost by it."""
    gone = lost(changes)
    if gone:
        words = ", ".join(counted(one.section, one.removed) for one in gone)
        said = tr("This ledger loses what you recorded since then: {records}.").format(records=words)
        return said, True
    if all(one.is_same for one in changes if one.section not in NOT_COUNTED):
        return tr("The ledger holds just what this backup does."), False
    changed = sum(one.changed for one in changes if one.section not in NOT_COUNTED)
    if changed:
        return (
            tr_n(
                "{n} record goes back to what it was then.",
                "{n} records go back to what they were then.",
                changed,
            ),
            True,
        )
    return tr("Nothing is lost; what was deleted since then comes back."), False


def left_out_note(left_out: tuple[LeftOut, ...]) -> str:
    """Return that files are missing in a backup, "" where none is."""
    if not left_out:
        return ""
    return tr_n(
        "{n} file was missing or altered already when the backup was made.",
        "{n} files were missing or altered already when the backup was made.",
        len(left_out),
    )


def files_and_size(files: int, size: int) -> str:
    """Return "45 files · 12 MB"."""
    return f"{tr_n('{n} file', '{n} files', files)} · {formats.file_size(size)}"


def written(target: Path, size: int) -> str:
    """Return that a backup was written to a file of so many bytes."""
    return tr("Wrote {file} · {size}").format(file=target.name, size=formats.file_size(size))


def damage(found: Verified) -> str:
    """Return, in one or two sentences, why a backup cannot be restored."""
    unchanged = tr("Your ledger is unchanged. Choose another backup.")
    if len(found.problems) == 1:
        return f"{found.problems[0]} {unchanged}"
    words = tr_n(
        "This backup is damaged; {n} problem was found. The first: {first}",
        "This backup is damaged; {n} problems were found. The first: {first}",
        len(found.problems),
    )
    return f"{words.format(first=found.problems[0])} {unchanged}"


def moment(instant: dt.datetime | None, zone: dt.tzinfo | None) -> str:
    """Return an instant by the owner's clock, "—" for one that is not known."""
    return formats.NO_VALUE if instant is None else formats.date_time(instant.astimezone(zone))


def ago(instant: dt.datetime, now: dt.datetime) -> str:
    """Return how long ago something was: "just now", "5 minutes ago", "3 hours ago", "2 days ago", else the date."""
    minutes = int((now - instant).total_seconds()) // 60
    if -60 < minutes < 1:
        return tr("just now")
    if 0 < minutes < 60:
        return tr_n("{n} minute ago", "{n} minutes ago", minutes)
    today, day = now.date(), instant.astimezone(now.tzinfo).date()
    if today == day and minutes > 0:
        return tr_n("{n} hour ago", "{n} hours ago", minutes // 60)
    return formats.relative_day(day, today)


def last_backup(last: LastBackup | None, now: dt.datetime) -> str:
    """Return the line of the status bar: "Last backup 2 days ago · 45 files · 12 MB"."""
    if last is None:
        return tr("No backup yet")
    when = ago(last.at, now)
    return tr("Last backup {when}").format(when=when) + " · " + files_and_size(last.files, last.bytes)


def next_text(flow: RestoreFlow) -> str:
    """Return what the way on is called; "" where the wizard goes on by itself."""
    return {
        Step.CHOOSE: tr("&Next"),
        Step.VERIFY: "",
        Step.PREVIEW: tr("&Restore"),
        Step.RESTORE: "",
        Step.DONE: tr("Close"),
    }[flow.step]


def step_views(flow: RestoreFlow, zone: dt.tzinfo | None) -> list[StepView]:
    """Return the steps as the list at the left shows them, each with a line about what came of it."""
    titles = {
        Step.CHOOSE: tr("Choose a backup"),
        Step.VERIFY: tr("Verify"),
        Step.PREVIEW: tr("Preview"),
        Step.RESTORE: tr("Restore"),
    }
    at = len(STEPS) if flow.step is Step.DONE else STEPS.index(flow.step)
    views = []
    for number, step in enumerate(STEPS):
        state = StepState.DONE if number < at else StepState.CURRENT if number == at else StepState.TO_DO
        views.append(StepView(titles[step], _result(flow, step, state, zone), state, flow.can_reach(step)))
    return views


def _result(flow: RestoreFlow, step: Step, state: StepState, zone: dt.tzinfo | None) -> str:
    if step is Step.CHOOSE:
        if flow.verified is not None and flow.verified.created_at is not None:
            return moment(flow.verified.created_at, zone)
        return tr("A file or a folder") if flow.backup is None else _short(flow.backup)
    if step is Step.VERIFY:
        if flow.verified is not None:
            files = formats.count(flow.verified.files)
            return tr("{n} of {n} files match").format(n=files)
        return tr("Every checksum") if state is not StepState.CURRENT else tr("Running")
    if step is Step.PREVIEW:
        return tr("What changes")
    words = {StepState.TO_DO: tr("Not started"), StepState.CURRENT: tr("Running")}
    return words.get(state, tr("Restored"))


def _short(path: Path) -> str:
    return path.name or str(path)


def every(how_often: Every) -> str:
    """Return how often backups are made by themselves."""
    return {
        Every.OFF: tr("Never"),
        Every.DAILY: tr("Every day"),
        Every.WEEKLY: tr("Every week"),
        Every.MONTHLY: tr("Every month"),
    }[how_often]


def schedule(settings: BackupSettings, last: LastBackup | None, now: dt.datetime) -> str:
    """Return the automatic backups in words, with the next one; `now` is by the owner's clock."""
    if settings.every is Every.OFF:
        return tr("No backups are made by themselves.")
    how_often = {
        Every.DAILY: tr("A backup is made every day"),
        Every.WEEKLY: tr("A backup is made every week"),
        Every.MONTHLY: tr("A backup is made every month"),
    }[settings.every]
    coming = _next_day(settings.every, last, now)
    when = tr("as soon as possible") if coming is None else formats.relative_day(coming, now.date())
    return tr("{how_often}; the next one {when}.").format(how_often=how_often, when=when)


def _next_day(how_often: Every, last: LastBackup | None, now: dt.datetime) -> dt.date | None:
    """Return the day from which the next backup is due, None when it is due already."""
    zone = now.tzinfo
    if last is None or not isinstance(zone, ZoneInfo) or is_due(how_often, last.at, now, zone):
        return None
    today = now.date()
    if how_often is Every.DAILY:
        return today + dt.timedelta(days=1)
    if how_often is Every.WEEKLY:
        return today + dt.timedelta(days=8 - today.isoweekday())
    return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
