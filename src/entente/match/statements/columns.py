"""What columns of a bank's table are for, by headings in English, French, Spanish, Arabic and German."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_WORDS: Mapping[str, str] = {
    "source": "from; source; sender; payer; debtor; debtor account; debtor iban; from account; source "
    "account; originator; ordering account; ordering customer; payer account; remitter; sender "
    "account; sender iban; émetteur; donneur d'ordre; débiteur; compte débiteur; compte émetteur; "
    "de; compte source; ordenante; origen; cuenta origen; cuenta de origen; emisor; deudor; "
    "cuenta ordenante; desde; auftraggeber; absender; zahler; von; auftraggeberkonto; konto "
    "auftraggeber; من; المرسل; الدافع; الحساب المدين; من حساب; حساب المرسل",
    "target": "to; target; receiver; payee; creditor; creditor account; creditor iban; to account; target "
    "account; beneficiary; beneficiary account; beneficiary iban; recipient; destination; "
    "destination account; payee account; bénéficiaire; créancier; compte bénéficiaire; compte "
    "créditeur; vers; à; destinataire; compte destinataire; beneficiario; destino; cuenta "
    "destino; cuenta de destino; destinatario; acreedor; cuenta beneficiario; hacia; empfänger; "
    "begünstigter; an; empfängerkonto; konto empfänger; zahlungsempfänger; إلى; المستلم; "
    "المستفيد; الحساب الدائن; إلى حساب; حساب المستفيد",
    "account": "account; account number; iban; own account; account no; compte; numéro de compte; n° de "
    "compte; cuenta; número de cuenta; konto; kontonummer; auftragskonto; iban auftragskonto; رقم "
    "الحساب; الحساب; حساب",
    "counterparty": "counterparty; counterparty account; counterparty iban; counter account; other account; "
    "partner account; partner iban; compte contrepartie; contrepartie; iban contrepartie; compte "
    "tiers; contraparte; cuenta contraparte; cuenta contrapartida; gegenkonto; kontonummer/iban; "
    "iban zahlungsbeteiligter; kontonummer zahlungsbeteiligter; gegenkonto iban; حساب الطرف "
    "الآخر; الطرف المقابل; الحساب المقابل",
    "name": "counterparty name; name; partner name; payee name; beneficiary name; merchant; nom; nom de "
    "la contrepartie; tiers; nombre; nombre contraparte; beguenstigter/zahlungspflichtiger; "
    "begünstigter/zahlungspflichtiger; name zahlungsbeteiligter; auftraggeber/empfänger; الاسم; "
    "اسم الطرف الآخر",
    "date": "date; booking date; transaction date; posting date; date and time; datetime; timestamp; "
    "time; booked; posted; executed at; date d'opération; date opération; date de l'opération; "
    "date comptable; date et heure; fecha; fecha operación; fecha de operación; fecha contable; "
    "fecha y hora; datum; buchungstag; buchungsdatum; buchung; تاريخ; التاريخ; تاريخ العملية; "
    "تاريخ المعاملة",
    "value date": "value date; valuta; wertstellung; valutadatum; date de valeur; date valeur; fecha valor; "
    "تاريخ الاستحقاق; تاريخ القيمة",
    "amount": "amount; value; sum; transaction amount; amount in account currency; montant; montant de "
    "l'opération; importe; monto; cantidad; betrag; umsatz; المبلغ; مبلغ; القيمة",
    "debit": "debit; debits; debit amount; paid out; money out; withdrawal; withdrawals; out; débit; "
    "montant débit; débito; cargo; cargos; debe; retiro; soll; belastung; ausgang; lastschrift; "
    "مدين; سحب; خصم",
    "credit": "credit; credits; credit amount; paid in; money in; deposit; deposits; in; crédit; montant "
    "crédit; crédito; abono; abonos; haber; ingreso; haben; gutschrift; eingang; دائن; إيداع; "
    "إضافة",
    "direction": "debit/credit; credit/debit; credit debit; dr/cr; cr/dr; d/c; c/d; direction; sens; signo; "
    "sentido; soll/haben; s/h; debit or credit; indicator; الاتجاه; مدين/دائن",
    "currency": "currency; ccy; cur; currency code; devise; monnaie; moneda; divisa; währung; waehrung; "
    "العملة; عملة",
    "reference": "reference; ref; transaction id; id; transaction reference; end to end id; "
    "payment reference; txn id; description; details; narrative; uetr; bank reference; memo; communication; "
    "référence; libellé; numéro; réf; référence de l'opération; referencia; concepto; "
    "descripción; número de operación; referenz; verwendungszweck; buchungstext; kundenreferenz; "
    "المرجع; الوصف; البيان; رقم المرجع",
}
ROLES = tuple(_WORDS)
"""What a column may be for. `source`, `target`: both ends of a payment. `account`, `counterparty` (or its
`name`): the ends of a one-sided statement, with a signed `amount`, a `direction`, or `debit` and `credit`."""
MOST_SIGNS = 200
"""Of a heading. Patterns are tried on no longer text."""
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
_CURRENCY = re.compile(r"(?<![A-Za-z])([A-Z]{3})$")
ONCE = frozenset({"source", "target", "amount", "debit", "credit", "currency", "account"})
"""Roles of which two columns cannot both be meant."""


def spelled(heading: str) -> str:
    """A heading in small letters, without accents and signs."""
    apart = unicodedata.normalize("NFKD", heading.casefold().replace("ß", "ss"))
    bare = "".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join(bare.split())


_ROLE_OF = {spelled(word): role for role, words in _WORDS.items() for word in words.split(";")}


def role_of(heading: str) -> tuple[str, str]:
    """(role, currency named in the heading), each empty for none: "Amount (EUR)" is ("amount", "EUR")."""
    heading = heading.strip()
    if len(heading) > MOST_SIGNS:
        return "", ""
    if role := _ROLE_OF.get(spelled(heading)):
        return role, ""
    inside = _BRACKETS.search(heading)
    bare = heading[: inside.start()] if inside else heading
    named = inside[1].strip() if inside else ""
    if not inside and (behind := _CURRENCY.search(heading)):
        bare, named = heading[: behind.start()], behind[1]
    role = _ROLE_OF.get(spelled(bare), "")
    return role, named if role and re.fullmatch(r"[A-Z]{3}", named) else ""


def roles_of(cells: Sequence[str]) -> dict[str, list[int]]:
    """Columns by their role."""
    found: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        if role := role_of(cell)[0]:
            found.setdefault(role, []).append(at)
    return found


def complete(roles: Mapping[str, object]) -> bool:
    """Whether payments can be read from columns with such roles (the own account may be told beside them)."""
    if not roles.keys() & {"date", "value date"}:
        return False
    if {"source", "target", "amount"} <= roles.keys():
        return True
    amounts = "amount" in roles or roles.keys() & {"debit", "credit"}
    return bool(amounts and roles.keys() & {"counterparty", "name", "source", "target", "reference"})
