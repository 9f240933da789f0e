"""What columns of debts, payments, balances and scenarios are called, in English, German, French and Spanish.

Words are folded (small letters, no accents), with single blanks for everything that is no letter or digit. In each
line the surest names come first.
"""

from app.domain.debts import BalanceSource, DebtKind
from app.domain.exchange_debts import MINIMUM_RULES
from app.domain.parsing import NotUnderstood, shown
from app.domain.text import fold
from app.services.importing.cells import read_text
from app.services.importing.readers.source import Cell
from app.services.importing.samples import HeaderIndex, header_words

_UUID = {"uuid": "uuid, guid"}
_CURRENCY = {"currency": "currency, currency code, ccy, wahrung, waehrung, devise, moneda"}
_NOTES = (
    "notes, note, comment, comments, remark, memo, description, notiz, notizen, bemerkung, remarque, notas"
)
_DEBT = {
    "debt": """
        debt, debt name, loan, loan name, card, account, account name, name, to, paid to, schuld, kredit, darlehen,
        konto, dette, pret, compte, deuda, prestamo, cuenta
    """,
    "debt_uuid": "debt uuid",
}

DEBT_HEADERS = HeaderIndex(
    header_words(
        {
            "name": """
                debt name, name, debt, account name, account, loan name, loan, card name, card, title,
                bezeichnung, schuld,
                kredit, darlehen, konto, nom, dette, pret, compte, nombre, deuda, prestamo, cuenta,
                description
            """,
            "creditor": """
                creditor, lender, bank, issuer, servicer, institution, financial institution, company,
                provider, owed to,
                glaubiger, glaeubiger, kreditgeber, creancier, preteur, banque, acreedor, prestamista, banco
            """,
            "kind": """
                kind, debt type, type of debt, loan type, account type, type, category, art, schuldenart,
                kategorie,
                categorie, tipo, categoria
            """,
            "opening_balance": """
                opening balance, original balance, starting balance, start balance, initial balance,
                original amount,
                original loan amount, loan amount, amount borrowed, borrowed, principal, anfangssaldo,
                anfangsschuld,
                kreditsumme, darlehenssumme, ursprungsbetrag, montant initial, montant emprunte,
                saldo inicial,
                importe inicial
            """,
            "opened_on": """
                opened on, date opened, open date, opened, opening date, origination date, start date,
                loan date,
                beginn, startdatum, eroffnet am, date de debut, fecha de inicio
            """,
            "balance": """
                current balance, balance, outstanding balance, balance owed, remaining balance,
                amount owed, owed, owing,
                outstanding, remaining, current amount, debt amount, amount, restschuld, saldo, kontostand,
                schuldenstand,
                offener betrag, betrag, solde, solde restant, reste a payer, montant du, saldo actual,
                saldo pendiente
            """,
            "balance_on": "balance on, balance date, as of, as of date, stand, stand vom, statement date",
            "apr": """
                apr, apr percent, annual percentage rate, interest rate, interest rate apr,
                annual interest rate,
                annual rate, interest, rate, effektiver jahreszins, effektivzins, sollzins, zinssatz, zins,
                jahreszins,
                taux annuel, taux d interet, taux, tasa de interes, tasa anual, tae, tin
            """,
            "promo_apr": """
                promotional apr, promotional rate, promo apr, promo rate, introductory apr,
                introductory rate, intro apr,
                intro rate, teaser rate, aktionszins
            """,
            "promo_ends_on": """
                promotion ends on, promotional end date, promotional end, promo ends on, promo ends,
                promo end,
                promo end date, intro ends, intro end date, intro apr ends, aktion bis
            """,
            "promo_months": "promo months, promotional months, intro months, months of promotion",
            "minimum_rule": "minimum rule",
            "minimum": """
                minimum payment, min payment, minimum monthly payment, min monthly payment, minimum due,
                min due,
                minimum amount due, minimum, min, min pmt, monthly payment, regular payment, installment,
                instalment,
                payment, mindestrate, mindestzahlung, monatsrate, monatliche rate, mensualite,
                paiement minimum,
                pago minimo, cuota mensual, cuota
            """,
            "minimum_amount": "minimum amount",
            "minimum_percent": """
                minimum per cent, minimum percent, minimum percentage, min percent, min payment percent,
                minimum payment percentage, minimum payment percent
            """,
            "minimum_floor": "minimum floor, min floor, floor, minimum payment floor",
            "last_instalment_on": """
                last instalment on, last installment, last payment date, maturity date, maturity,
                payoff date, end date,
                letzte rate, laufzeitende, ende, date de fin, fecha de vencimiento
            """,
            "months_left": """
                months left, months remaining, remaining months, remaining term, term months, term,
                restlaufzeit,
                mois restants, meses restantes
            """,
            "due_day": """
                due day, due date, payment due date, payment due day, payment due, day due, due, payment day,
                fallig am, faellig am, falligkeit, zahltag, echeance, jour d echeance, dia de pago,
                vencimiento
            """,
            "credit_limit": """
                credit limit, limit, credit line, kreditlimit, kreditrahmen, limite de credit, plafond,
                limite de credito,
                limite
            """,
            "rank": "rank, priority, own order, order, rang, prioritat, reihenfolge, priorite, prioridad",
            "notes": "notes, note, comment, comments, remark, memo, notiz, notizen, bemerkung, remarque, notas",
            "created_at": "created at",
            "updated_at": "updated at",
            **_CURRENCY,
            **_UUID,
        }
    )
)

PAYMENT_HEADERS = HeaderIndex(
    header_words(
        {
            **_DEBT,
            "paid_on": """
                paid on, payment date, date paid, date of payment, transaction date, date, day, gezahlt am,
                bezahlt am,
                zahlungsdatum, datum, buchungstag, date de paiement, fecha de pago, fecha
            """,
            "amount": """
                amount paid, payment amount, amount, payment, paid, zahlung, betrag, montant, paiement,
                importe, pago
            """,
            "note": _NOTES,
            **_CURRENCY,
            **_UUID,
        }
    )
)

BALANCE_HEADERS = HeaderIndex(
    header_words(
        {
            **_DEBT,
            "recorded_on": """
                recorded on, statement date, balance date, as of, date, day, stand vom, datum,
                date du releve, fecha
            """,
            "balance": """
                statement balance, closing balance, new balance, current balance, balance, amount owed, owed,
                restschuld, saldo, kontostand, solde
            """,
            "source": "source, quelle",
            **_CURRENCY,
            **_UUID,
        }
    )
)

_KIND_WORDS = {
    DebtKind.CREDIT_CARD: "creditcard credit card cards kreditkarte karte store storecard charge carte tarjeta cc visa",
    DebtKind.STUDENT: "student studentloan students education bildungskredit studienkredit studium etudiant estudiante",
    DebtKind.CAR: "car carloan auto autoloan vehicle autokredit fahrzeug voiture coche",
    DebtKind.MORTGAGE: "mortgage home homeloan house heloc hypothek baukredit immobilie hypotheque hipoteca",
    DebtKind.PERSONAL: "personal personalloan loan consumer privatkredit ratenkredit kredit personnel prestamo",
    DebtKind.MEDICAL: "medical health hospital doctor arzt krankenhaus medizin medicale medico",
    DebtKind.TAX: "tax taxes irs steuer steuern finanzamt impots impuestos",
    DebtKind.FAMILY: "family friend friends familie freunde famille familia",
    DebtKind.OTHER: "other others misc sonstige sonstiges andere autre otro",
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}


def read_debt_kind(cell: Cell) -> DebtKind:
    """Read what sort of debt it is, from our own words or others for the same; what is unknown is another debt."""
    text = read_text(cell)
    named = text.upper().replace(" ", "_")
    if named in DebtKind.__members__:
        return DebtKind[named]
    words = fold(text).replace("-", " ").replace("_", " ").split()
    return next((_KINDS[word] for word in words if word in _KINDS), DebtKind.OTHER)


def read_source(cell: Cell) -> BalanceSource:
    """Read how a balance came to be known. Raises `NotUnderstood`."""
    text = read_text(cell)
    if text.upper() not in BalanceSource.__members__:
        raise NotUnderstood(
            f"{shown(text)} is no source of a balance; write opening, payment, statement or adjustment."
        )
    return BalanceSource[text.upper()]


def read_rule(cell: Cell) -> str:
    """Read the rule of a minimum payment. Raises `NotUnderstood`."""
    text = read_text(cell).upper().replace(" ", "_")
    if text not in MINIMUM_RULES:
        known = ", ".join(rule.lower().replace("_", " ") for rule in MINIMUM_RULES)
        raise NotUnderstood(f"{shown(text)} is no rule for a minimum payment; write one of {known}.")
    return text
