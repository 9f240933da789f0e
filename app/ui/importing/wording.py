"""What the wizard says around its pages: the steps, the name of the last button, why one cannot go on."""

from app.services.importing.flow import STEPS, ImportFlow, Step
from app.ui import formats
from app.ui.dialogs.steps import StepState, StepView
from app.ui.i18n import tr, tr_n
from app.ui.kinds import words_for


def next_text(flow: ImportFlow) -> str:
    """Return what the way on is called; the last button before anything is written names what it does."""
    if flow.step is not Step.PREVIEW:
        return tr("&Next")
    count = flow.will_import
    if not count or flow.kind is None:
        return tr("&Import")
    return tr("&Import {records}").format(records=words_for(flow.kind.key).counted(count))


def hint(flow: ImportFlow) -> str:
    """Return why nothing can be imported, "" where something can."""
    if flow.step is not Step.PREVIEW or flow.preview is None or flow.will_import:
        return ""
    if flow.all_or_nothing and flow.preview.report.failed:
        return tr("Mend the file, or import without the rows that are wrong.")
    if flow.preview.report.failed:
        return tr("None of the rows can be imported.")
    return tr("Nothing is left to import.")


def step_views(flow: ImportFlow) -> list[StepView]:
    """Return the steps as the list at the left shows them, each with a line about what came of it."""
    return [_step_view(flow, step) for step in STEPS]


def _step_view(flow: ImportFlow, step: Step) -> StepView:
    behind = STEPS.index(step) < STEPS.index(flow.step)
    state = StepState.CURRENT if step is flow.step else StepState.DONE if behind else StepState.TO_DO
    if flow.step is Step.REPORT:
        state = StepState.DONE
    titles = {
        Step.FILE: tr("Choose file"),
        Step.COLUMNS: tr("Map columns"),
        Step.PREVIEW: tr("Preview"),
        Step.RUN: tr("Import"),
        Step.REPORT: tr("Report"),
    }
    return StepView(titles[step], _result_of(flow, step, state), state, flow.can_reach(step))


def _result_of(flow: ImportFlow, step: Step, state: StepState) -> str:
    if step is Step.FILE:
        return flow.facts.path.name if flow.facts is not None else tr("CSV, JSON or XLSX")
    if step is Step.COLUMNS:
        return _columns_result(flow)
    if step is Step.PREVIEW:
        return _preview_result(flow, state)
    if step is Step.RUN:
        words = {StepState.TO_DO: tr("Not started"), StepState.CURRENT: tr("Running")}
        return words.get(state, tr("Finished"))
    if flow.report is None:
        return tr("What came of it")
    return tr("{n} imported").format(n=formats.count(flow.report.created + flow.report.updated))


def _columns_result(flow: ImportFlow) -> str:
    if flow.facts is None:
        return tr("What becomes what")
    if flow.preset is not None:
        return flow.preset.label
    used, columns = len(set(flow.mapping.columns.values())), len(flow.facts.headers)
    return tr("{used} of {all} columns").format(used=formats.count(used), all=formats.count(columns))


def _preview_result(flow: ImportFlow, state: StepState) -> str:
    if flow.preview is None or state is StepState.TO_DO:
        return tr("What changes")
    report = flow.preview.report
    if report.failed:
        return tr_n("{n} row is wrong", "{n} rows are wrong", report.failed)
    return tr_n("{n} row", "{n} rows", report.rows)
