"""The wizard without a window: every walk through it, on the files that people have."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.profile import Profile
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import purchases
from app.services.importing.flow import ImportFlow, Step, WrongStep
from app.services.importing.inspection import look_into
from app.services.importing.mapping import Mapping
from app.services.importing.presets import by_id
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.readers import ReadOptions, UnreadableFile
from app.services.importing.rehearsal import rehearse
from app.services.importing.running import import_file
from app.services.jobs import Cancelled, JobContext
from app.services.ledger import Interrupt, Interrupted, Ledger
from tests.helpers.ledgers import contents, differences, new_ledger

FILES = Path(__file__).resolve().parents[2] / "data" / "imports"
Write = Callable[[str], Path]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger", Profile(currency="EUR")) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write_


def flow_on(path: Path, read: ReadOptions | None = None) -> ImportFlow:
    flow = ImportFlow("EUR")
    flow.take_file(look_into(PURCHASES, path, read or ReadOptions()))
    return flow


def try_out(flow: ImportFlow, ledger: Ledger) -> None:
    assert flow.take_preview(rehearse(ledger, flow.path, flow.options()), flow.revision)


def test_a_spreadsheet_from_start_to_end(ledger: Ledger) -> None:
    flow = flow_on(FILES / "haushalt.csv")
    assert flow.next() is Step.COLUMNS
    assert flow.next() is Step.PREVIEW
    assert not flow.can_go_on
    try_out(flow, ledger)
    assert flow.will_import == 50
    assert flow.next() is Step.RUN
    flow.take_report(import_file(ledger, flow.path, flow.options()))
    assert flow.step is Step.REPORT
    assert flow.report is not None
    assert (flow.report.created, flow.report.failed) == (50, 4)
    assert purchases.count(ledger) == 50


def test_a_known_program_passes_over_the_columns_which_can_be_opened_all_the_same() -> None:
    flow = flow_on(FILES / "amazon-order-history.1.csv")
    assert flow.facts is not None
    assert (flow.facts.program, flow.facts.rows, flow.facts.more) == ("Amazon order history", 74, False)
    assert flow.is_exact
    assert flow.next() is Step.PREVIEW
    assert flow.back() is Step.COLUMNS
    flow.go_to(Step.FILE)
    flow.go_to(Step.COLUMNS)
    assert {column.header: column.target for column in flow.columns()}["Product Name"] == "name"


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.csv")))
def test_a_rehearsal_changes_nothing_and_foretells_the_import(ledger: Ledger, name: str) -> None:
    flow = flow_on(FILES / name)
    while flow.step is not Step.PREVIEW:
        flow.next()
    before = contents(ledger)
    try_out(flow, ledger)
    assert differences(before, contents(ledger)) == []
    assert ledger.undo_label is None
    assert flow.preview is not None
    foretold = flow.preview.report
    done = import_file(ledger, flow.path, flow.options())
    assert (foretold.created, foretold.updated, foretold.skipped, foretold.failed) == (
        done.created, done.updated, done.skipped, done.failed,
    )  # fmt: skip
    assert foretold.errors == done.errors
    assert flow.preview.present == 0


def test_every_wrong_value_is_known_at_its_cell(ledger: Ledger) -> None:
    flow = flow_on(FILES / "haushalt.csv")
    try_out(flow, ledger)
    assert flow.preview is not None
    wrong = {row.line: sorted(row.problems) for row in flow.preview.preview.rows if row.problems}
    assert wrong == {19: ["Datum"], 25: ["Preis"], 31: ["Artikel"], 35: ["Preis"]}


def test_what_only_the_ledger_can_refuse_is_marked_as_well(ledger: Ledger, write: Write) -> None:
    uuid = "0192f3a0-0000-7000-8000-000000000001"
    path = write(
        f"Product,Price,Currency,Purchased on,UUID\nA,1.00,EUR,2025-01-02,{uuid}\nB,2.00,EUR,2025-01-02,{uuid}\n"
    )
    flow = flow_on(path)
    try_out(flow, ledger)
    assert flow.preview is not None
    (row,) = [row for row in flow.preview.preview.rows if row.problems]
    assert (row.line, list(row.problems), row.record) == (3, ["UUID"], None)


def test_whatever_changes_the_import_makes_the_preview_untrue(ledger: Ledger) -> None:
    changes: list[Callable[[ImportFlow], None]] = [
        lambda flow: flow.set_duplicates("add"),
        lambda flow: flow.set_currency("USD"),
        lambda flow: flow.map_column("Geschäft", "brand"),
        lambda flow: flow.set_date_order("mdy"),
        lambda flow: flow.set_decimal_mark("."),
        lambda flow: flow.use_guess(),
    ]
    for change in changes:
        flow = flow_on(FILES / "haushalt.csv")
        begun = flow.revision
        early = rehearse(ledger, flow.path, flow.options())
        assert flow.take_preview(early, begun)
        change(flow)
        assert flow.preview is None
        assert not flow.take_preview(early, begun)
        assert flow.preview is None


def test_all_or_nothing_keeps_the_preview_and_closes_the_way_on(ledger: Ledger) -> None:
    flow = flow_on(FILES / "haushalt.csv")
    flow.go_to(Step.PREVIEW)
    try_out(flow, ledger)
    flow.set_all_or_nothing(True)
    assert flow.preview is not None
    assert not flow.can_go_on
    flow.set_all_or_nothing(False)
    assert flow.can_go_on


def test_a_file_that_was_imported_leaves_nothing_to_import_unless_told_otherwise(ledger: Ledger) -> None:
    import_file(ledger, FILES / "homebox.csv", flow_on(FILES / "homebox.csv").options())
    flow = flow_on(FILES / "homebox.csv")
    flow.next()
    try_out(flow, ledger)
    assert not flow.can_go_on
    flow.set_duplicates("update")
    try_out(flow, ledger)
    assert flow.will_import == 30
    flow.set_duplicates("add")
    try_out(flow, ledger)
    assert flow.preview is not None
    assert flow.preview.report.created == 30


def test_dates_that_can_be_read_in_two_ways_are_asked_about(ledger: Ledger, write: Write) -> None:
    flow = flow_on(write("Item,Price,Date\nLamp,12.50,03/04/2025\nDesk,80.00,05/06/2025\n"))
    assert [(question.kind, question.column) for question in flow.questions] == [("date_order", "Date")]
    assert flow.next() is Step.COLUMNS
    assert not flow.can_go_on
    assert not flow.can_reach(Step.PREVIEW)
    flow.set_date_order("mdy")
    assert flow.next() is Step.PREVIEW
    import_file(ledger, flow.path, flow.options())
    first = purchases.get(ledger, purchases.first_ids(ledger, PurchaseFilter(text="lamp"), _by_name(), 1)[0])
    assert first is not None
    assert first.purchased_on.isoformat() == "2025-03-04"


def test_amounts_that_can_be_read_in_two_ways_are_asked_about(write: Write) -> None:
    flow = flow_on(write('Item,Price,Date\nLamp,"1,234",2025-03-14\n'))
    assert [question.kind for question in flow.questions] == ["decimal_mark"]
    flow.set_decimal_mark(",")
    assert flow.questions == ()
    assert flow.mapping.decimal_mark == ","


def test_an_answer_is_kept_while_columns_are_mapped(write: Write) -> None:
    flow = flow_on(write("Item,Price,Date,Back by\nLamp,12.50,03/04/2025,04/05/2025\n"))
    flow.set_date_order("dmy")
    flow.map_column("Back by", "return_by")
    assert flow.mapping.date_order == "dmy"
    assert flow.questions == ()


def test_a_question_goes_with_its_column(write: Write) -> None:
    flow = flow_on(write("Item,Price,Date,When else\nLamp,12.50,03/04/2025,2025-04-03\n"))
    assert flow.questions
    flow.map_column("When else", "purchased_on")
    assert flow.questions == ()
    assert flow.missing == ()


def test_a_column_that_nothing_can_be_made_without_has_to_be_mapped(write: Write) -> None:
    flow = flow_on(write("First,Second\nLamp,x\nDesk,y\n"))
    flow.next()
    assert {target.key for target in flow.missing} >= {"price", "purchased_on"}
    assert not flow.can_go_on
    flow.map_column("First", "price")
    flow.map_column("Second", "purchased_on")
    assert [target.key for target in flow.missing] == ["name"]


def test_a_price_of_pieces_is_enough(write: Write) -> None:
    flow = flow_on(write("Item,Unit price,Qty,Date\nLamp,12.50,2,2025-03-14\n"))
    assert flow.missing == ()
    flow.map_column("Unit price", "")
    assert [target.key for target in flow.missing] == ["price"]


def test_a_field_belongs_to_one_column_at_a_time() -> None:
    flow = flow_on(FILES / "haushalt.csv")
    flow.map_column("Geschäft", "name")
    targets = {column.header: column.target for column in flow.columns()}
    assert targets == {"Datum": "purchased_on", "Artikel": "", "Preis": "price", "Geschäft": "name"}
    flow.map_column("Geschäft", "")
    assert "name" not in flow.mapping.columns


def test_the_currency_is_asked_for_only_where_the_file_names_none(write: Write) -> None:
    assert flow_on(FILES / "homebox.csv").asks_currency
    assert not flow_on(FILES / "amazon-order-history.1.csv").asks_currency
    flow = flow_on(write("Item,Price,Date,Money\nLamp,12.50,2025-03-14,USD\n"))
    assert flow.asks_currency
    flow.map_column("Money", "currency")
    assert not flow.asks_currency


def test_the_chosen_currency_is_that_of_the_purchases(ledger: Ledger) -> None:
    flow = flow_on(FILES / "homebox.csv")
    flow.set_currency("CHF")
    import_file(ledger, flow.path, flow.options())
    (first,) = purchases.first_ids(ledger, PurchaseFilter(), _by_name(), 1)
    purchase = purchases.get(ledger, first)
    assert purchase is not None
    assert purchase.currency == "CHF"


def test_a_saved_mapping_is_used_as_far_as_the_file_has_its_columns() -> None:
    first = flow_on(FILES / "haushalt.csv")
    first.map_column("Geschäft", "brand")
    first.set_currency("CHF")
    kept = Mapping.from_json(first.mapping_to_save().to_json(), PURCHASES.target_of)
    second = flow_on(FILES / "haushalt.csv")
    second.use_mapping(Mapping(columns={**kept.columns, "notes": "Nowhere"}, currency="CHF"))
    assert second.mapping.columns == {
        "name": "Artikel",
        "price": "Preis",
        "purchased_on": "Datum",
        "brand": "Geschäft",
    }
    assert second.currency == "CHF"


def test_a_saved_mapping_of_a_known_program_still_knows_its_ways(ledger: Ledger) -> None:
    flow = flow_on(FILES / "amazon-order-history.1.csv")
    flow.map_column("Website", "")
    kept = Mapping.from_json(flow.mapping_to_save().to_json(), PURCHASES.target_of)
    again = flow_on(FILES / "amazon-order-history.1.csv")
    again.use_guess()
    assert again.preset is None
    again.use_mapping(kept)
    assert again.preset is by_id(PURCHASES.presets, "amazon")
    try_out(again, ledger)
    assert again.preview is not None
    assert (again.preview.report.created, again.preview.report.skipped) == (60, 14)


def test_a_saved_mapping_of_a_program_that_is_not_known_any_more_is_one_of_its_own() -> None:
    flow = flow_on(FILES / "haushalt.csv")
    flow.use_mapping(Mapping(columns={"name": "Artikel"}, preset="forgotten"))
    assert flow.preset is None
    assert flow.mapping.columns == {"name": "Artikel"}


def test_layouts_of_programs_that_come_near_are_offered() -> None:
    flow = flow_on(FILES / "paypal-activity.csv")
    assert flow.fitting_presets()[0].id == "paypal"
    assert flow_on(FILES / "haushalt.csv").fitting_presets() == []
    flow.use_guess()
    flow.use_preset(by_id(PURCHASES.presets, "paypal"))
    assert flow.is_exact


def test_an_import_that_was_stopped_can_be_begun_again(ledger: Ledger) -> None:
    flow = flow_on(FILES / "haushalt.csv")
    flow.go_to(Step.PREVIEW)
    try_out(flow, ledger)
    flow.next()
    for forbidden in (flow.back, flow.next, lambda: flow.set_currency("USD"), flow.drop_file):
        with pytest.raises(WrongStep):
            forbidden()
    context = JobContext()
    context.cancel()
    with pytest.raises((Cancelled, Interrupted)):
        import_file(ledger, flow.path, flow.options(), context)
    flow.stop()
    assert flow.step is Step.PREVIEW
    assert flow.can_go_on
    assert purchases.count(ledger) == 0


def test_nothing_can_be_done_out_of_turn() -> None:
    flow = ImportFlow("EUR")
    assert not flow.can_go_on
    assert not flow.can_reach(Step.COLUMNS)
    for forbidden in (
        flow.next, flow.back, flow.stop, flow.options, lambda: flow.path, lambda: flow.go_to(Step.PREVIEW),
    ):  # fmt: skip
        with pytest.raises(WrongStep):
            forbidden()


def test_a_file_is_read_as_the_user_says(write: Write) -> None:
    path = write("Lamp|12.50|2025-03-14\nDesk|80.00|2025-03-15\n")
    facts = look_into(PURCHASES, path, ReadOptions(has_header=False))
    assert facts.headers == ("Column 1", "Column 2", "Column 3")
    assert (facts.rows, facts.delimiter, facts.encoding) == (2, "|", "utf-8")
    assert facts.first_rows[0] == ("Lamp", "12.50", "2025-03-14")
    assert facts.values[0] == ("Lamp", "Desk")
    assert look_into(PURCHASES, path, ReadOptions(has_header=False, delimiter=";")).headers == ("Column 1",)


def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^There is no file gone\.csv in that place; check the name\.$"):
        look_into(PURCHASES, tmp_path / "gone.csv", ReadOptions())


def test_looking_into_a_file_can_be_stopped() -> None:
    interrupt = Interrupt()
    interrupt.cancel()
    with pytest.raises(Interrupted):
        look_into(PURCHASES, FILES / "haushalt.csv", ReadOptions(), interrupt)


def _by_name() -> SortBy:
    return SortBy("name", descending=False)
