"""`summary`."""

from decimal import Decimal

from tests.cli.conftest import IMPORTS, Run


def test_the_figures_of_a_real_file(run: Run) -> None:
    run("import", "purchases", IMPORTS / "haushalt.csv", "--currency", "EUR")
    figures = run("--json", "summary", "--from", "2025-01-01", "--to", "2025-12-31").document
    assert figures["spending"]["total"] == {"EUR": "123277.85"}
    assert figures["spending"]["count"] == 50
    assert len(figures["by_month"]) == 12
    assert sum(Decimal(month["total"].get("EUR", "0")) for month in figures["by_month"]) == Decimal(
        "123277.85"
    )
    assert sum(month["count"] for month in figures["by_month"]) == 50
    assert figures["by_retailer"] == [
        {"name": "Händler Süd", "count": 50, "share": 100.0, "total": {"EUR": "123277.85"}}
    ]
    assert len(figures["top_products"]) == 10
    assert figures["warranties"] == {"active": 0, "expiring": 0, "expired": 0, "voided": 0}


def test_words_for_people(run: Run) -> None:
    run("import", "purchases", IMPORTS / "amazon-order-history.1.csv")
    answer = run("summary")
    assert answer.out.startswith("72842.87 USD for 60 purchases; average 1214.05 USD")


def test_nothing_bought(run: Run) -> None:
    run("new")
    assert run("summary").out == "Nothing was bought in this period.\n"
    assert run("--json", "summary").document["spending"]["count"] == 0
