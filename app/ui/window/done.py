"""How the undo bar names a change that was made: "Deleted “Toaster”" for the command "Delete “Toaster”"."""

from app.ui.i18n import tr


def done_text(label: str) -> tuple[str, str]:
    """Return the sentence for a command's name, and its icon. A verb that is not known leaves the name as it is."""
    verb, _, rest = label.partition(" ")
    forms = {
        "Add": (tr("Added {what}"), "plus"),
        "Change": (tr("Changed {what}"), "check"),
        "Close": (tr("Closed {what}"), "check"),
        "Delete": (tr("Deleted {what}"), "trash-2"),
        "Duplicate": (tr("Duplicated {what}"), "copy"),
        "Import": (tr("Imported {what}"), "import"),
        "Merge": (tr("Merged {what}"), "merge"),
        "Rename": (tr("Renamed {what}"), "check"),
        "Save": (tr("Saved {what}"), "check"),
        "Paste": (tr("Pasted {what}"), "clipboard-paste"),
        "Replace": (tr("Replaced {what}"), "refresh-cw"),
        "Remove": (tr("Removed {what}"), "trash-2"),
        "Restore": (tr("Restored {what}"), "check"),
        "Void": (tr("Voided {what}"), "ban"),
        "Stop": (tr("Stopped {what}"), "check"),
        "Snooze": (tr("Snoozed {what}"), "alarm-clock"),
        "Silence": (tr("No more reminders of {what}"), "bell-off"),
        "Wake": (tr("Reminders again of {what}"), "bell-ring"),
        "Use": (tr("In use: {what}"), "check"),
    }
    if rest and verb in forms:
        sentence, icon = forms[verb]
        return sentence.format(what=rest), icon
    return label, "check"
