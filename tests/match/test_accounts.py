"""Bank accounts: checked, never corrected by themselves."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from entente.match.money.accounts import Account, Wrong, check_account, check_bic, find_accounts, masked

GERMAN = "DE89370400440532013000"


def iban(country: str, bban: str) -> str:
    """With the check digits that belong to it (ISO 7064)."""
    number = int("".join(str(int(c, 36)) for c in bban + country + "00"))
    return f"{country}{98 - number % 97:02}{bban}"


def reason_of(text: str, scheme: str = "iban") -> Wrong:
    with pytest.raises(Wrong) as wrong:
        check_account(text, scheme)
    return wrong.value


bbans = st.text("0123456789", min_size=11, max_size=30)
german = st.builds(lambda bban: iban("DE", bban), st.text("0123456789", min_size=18, max_size=18))


@pytest.mark.parametrize(
    "text",
    [
        "de89 3704 0044 0532 0130 00",
        "IBAN: DE89-3704-0044-0532-0130-00",
        "\u200fDE٨٩370400440532013000\u00a0",
    ],
)
def test_an_account_is_folded_however_it_is_written(text):
    found = check_account(text)
    assert found == Account(GERMAN, "iban", "DE", "37040044", "COBADEFFXXX", "Commerzbank")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DE88370400440532013000", "wrong check digits"),
        ("DE8937040044053201300", "has 21 characters, and an IBAN of DE has 22"),
        ("ZZ89370400440532013000", "no country ZZ"),
        ("US89370400440532013000", "no country US"),
        ("D189370400440532013000", "two letters of a country"),
        ("DE8937040044053201300А", "cannot stand in one"),
        ("DE893704004405320130AB", "form of an IBAN of DE"),
        ("DEAB370400440532013000", "digits"),
        ("", "empty"),
        ("4.12E+21", "scientific notation"),
        ("4,12e21", "scientific notation"),
        ("XA89 1234", "15 to 34"),
        ("x" * 100_000, "characters|country"),
    ],
)
def test_a_wrong_iban_is_refused_with_its_reason(text, reason):
    with pytest.raises(Wrong, match=reason):
        check_account(text)


@settings(max_examples=300)
@given(german, st.data())
def test_one_wrong_digit_is_refused_and_a_suggestion_is_the_only_one_there_is(right, data):
    at = data.draw(st.integers(2, 21))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda d: d != right[at]))
    typed = right[:at] + digit + right[at + 1 :]
    wrong = reason_of(typed)
    valid = [near for near in neighbours(typed) if fits(near)]
    assert right in valid
    assert wrong.suggestion == (valid[0] if len(valid) == 1 else "")


def fits(text: str) -> bool:
    """Whether it is an IBAN of Germany, or of Montenegro, which is one letter away: 20 digits, modulo 97."""
    if len(text) != 22 or text[:2] not in ("DE", "ME") or not text[2:].isdigit():
        return False
    country = "".join(str(int(letter, 36)) for letter in text[:2])
    return int(text[4:] + country + text[2:4]) % 97 == 1 and 2 <= int(text[2:4]) <= 98


def neighbours(text: str) -> set[str]:
    """All that differ by one digit or letter, or by a swap of neighbours: the definition, written plainly."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    near = {text[:n] + c + text[n + 1 :] for n in range(len(text)) for c in letters}
    near |= {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
    return near - {text}


def test_a_letter_typed_for_a_digit_is_suggested_and_not_corrected():
    assert reason_of("DE89370400440532013O00").suggestion == GERMAN


def test_what_may_be_meant_in_two_ways_has_no_suggestion():
    assert reason_of("DE88370400440532013000").suggestion == ""


@given(st.sampled_from(["XA", "XB", "XC", "XZ"]), bbans)
@example("XA", "0" * 11)
def test_an_account_of_a_country_that_users_assigned_holds_by_its_check_digits_and_says_so(country, bban):
    found = check_account(iban(country, bban))
    assert (found.country, found.bic) == (country, "")
    assert "no country" in found.warnings[0]
    other = (int(found.text[2:4]) % 96) + 3
    assume(f"{other:02}" != found.text[2:4])
    assert "check digits" in reason_of(f"{country}{other:02}{bban}").reason


def test_kosovo_stands_in_the_registry_and_an_unknown_bank_is_a_warning():
    found = check_account("XK051212012345678906")
    assert (found.country, found.bank_code) == ("XK", "12")
    assert "in no registry" in found.warnings[0]


def test_national_check_digits_that_do_not_fit_are_a_warning():
    assert check_account("ES9121000418450200051332").warnings == ()
    assert "its country" in check_account(iban("ES", "21000418460200051332")).warnings[-1]


def test_other_schemes_are_taken_as_they_stand_with_a_warning():
    assert check_account("12 345-678", "bban").text == "12345678"
    assert check_account("wallet:abc/1", "other").text == "WALLET:ABC/1"
    assert check_account("12345678", "other").warnings


@pytest.mark.parametrize(
    ("text", "scheme", "reason"),
    [
        ("4.12E+21", "bban", "scientific"),
        ("4.12E+21", "other", "scientific"),
        ("4E+21", "other", "scientific"),
        ("12/34", "bban", "A-Z"),
        (" ", "other", "empty"),
        ("1" * 35, "other", "34 characters"),
        ("<script>", "other", "cannot stand"),
        ("1", "iban2", "scheme"),
    ],
)
def test_what_is_no_account_of_another_scheme_is_refused(text, scheme, reason):
    assert reason in reason_of(text, scheme).reason


@given(st.text(max_size=60), st.sampled_from(["iban", "bban", "other"]))
def test_no_text_breaks_the_check(text, scheme):
    try:
        assert check_account(text, scheme).scheme == scheme
    except Wrong as wrong:
        assert wrong.reason


@given(german)
def test_an_account_is_masked_in_lists(number):
    shown = masked(check_account(number))
    assert shown == f"{number[:4]} … {number[-4:]}" and number[4:18] not in shown


def test_a_short_account_is_masked_the_more():
    assert [masked(t) for t in ("", "12", "1234", "12345678")] == ["…", "…", "… 34", "… 5678"]


# --- BIC -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["DEUTDEFF", "deut de ff xxx", "DEUTDEFF500"])
def test_a_bank_is_known_by_its_code_or_that_of_its_head_office(text):
    found = check_bic(text)
    assert found.known and found.bank_name == "Deutsche Bank" and found.warnings == ()


def test_a_code_in_no_registry_is_a_warning():
    assert not check_bic("ABCDDEFF").known and check_bic("ABCDDEFF").warnings
    assert "XA is no country" in check_bic("BANKXAXX").warnings[0]


@pytest.mark.parametrize("text", ["", "DEUTDEF", "DEUTDEFF5", "DEUTZZFF", "DEUT1EFF", "DEÜTDEFF"])
def test_what_is_no_code_of_a_bank_is_refused(text):
    with pytest.raises(Wrong, match="is no BIC"):
        check_bic(text)


# --- in free text --------------------------------------------------------------------------------


def test_accounts_in_a_free_text_are_found_where_they_stand():
    text = "To DE89 3704 0044 0532 0130 00 AT MY BANK, then account no. 12 345 678 (GB33BUKB20201555555555)."
    found = [(text[start:end], account.scheme) for start, end, account in find_accounts(text)]
    assert found == [
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("12 345 678", "other"),
        ("GB33BUKB20201555555555", "iban"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DE88370400440532013000",
        "on account of 2019 events",
        "call +33 6 12 34 56 78",
        "REF20260101ABCDEFGH",
        "account 12.50",
    ],
)
def test_what_is_no_account_is_not_offered(text):
    assert find_accounts(text) == []


@given(
    st.text("abc ,.\n", max_size=20), st.sampled_from(["XA", "XB"]), bbans, st.text(" ,.\nabc", max_size=20)
)
def test_an_account_is_found_in_any_words(before, country, bban, after):
    number = iban(country, bban)
    text = f"{before} {number} {after}"
    start, end, account = find_accounts(text)[0]
    assert text[start:end] == number == account.text


def test_the_account_is_found_in_arabic_words_and_digits():
    ((_, _, account),) = find_accounts("رقم الحساب: ١٢٣٤٥٦٧٨")
    assert account.text == "12345678"


@given(st.text(max_size=300))
def test_places_are_those_of_the_text(text):
    for start, end, _ in find_accounts(text):
        assert 0 <= start < end <= len(text)
