"""Numbers as look-up keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match import numbers


def test_a_record_is_found_by_each_of_its_numbers():
    body = {
        "passportNumber": ("AB 123-4567",),
        "phone": ("+33 6 12 34 56 78",),
        "email": ("Ivan@Example.ORG",),
        "idNumber": ("military passport no. D00000898 of 1999",),
        "notes": ("X9999999",),
    }
    keys = numbers.keys_of("Person", body)
    assert {
        "doc:AB1234567",
        "phone:+33612345678",
        "phone:~612345678",
        "mail:ivan@example.org",
        "id:D00000898",
    } <= set(keys)
    assert not any("X9999999" in key for key in keys)
    account = numbers.keys_of("BankAccount", {"iban": ("DE89 3704 0044 0532 0130 00",)})
    assert account == ("iban:DE89370400440532013000",)


def test_the_kind_says_what_a_registration_number_is():
    assert numbers.keys_of("Vehicle", {"registrationNumber": ("ab-123-cd",)}) == ("plate:AB123CD",)
    assert numbers.keys_of("Company", {"registrationNumber": ("123456",)}) == ("id:123456",)


def test_a_misread_letter_is_another_document():
    assert numbers.key_of("doc", "A0051376") != numbers.key_of("doc", "AO051376")


def test_a_bare_number_is_sought_as_all_that_it_may_be():
    keys = {key for _, key in numbers.number_keys("AB1234567")}
    assert {"doc:AB1234567", "id:AB1234567", "plate:AB1234567"} <= keys


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("DE89370400440532013000", "iban"),
        ("1M8GDM9AXKP042788", "vin"),
        ("0033612345678", "phone"),
        ("ivan@example.org", "email"),
        ("9074729", "imo"),
        ("0x" + "ab" * 20, "wallet"),
    ],
)
def test_a_number_with_a_form_of_its_own_is_known(text, label):
    assert label in [found for found, _ in numbers.number_keys(text)]


def test_the_check_digit_of_a_vehicle_number_tells_a_wrong_one():
    assert numbers.vin_checks("1M8GDM9AXKP042788")
    assert not numbers.vin_checks("1M8GDM9A1KP042788")


def test_a_number_and_its_local_form_meet():
    abroad = {k for _, k in numbers.number_keys("+33 612345678")}
    at_home = {k for _, k in numbers.number_keys("0612345678")}
    assert abroad & at_home


@given(st.text(max_size=80))
def test_no_text_breaks_the_keys(text):
    numbers.number_keys(text)
    for scheme in ("doc", "id", "iban", "phone", "mail", "wallet", "imo", "ip", "user", "unheard-of"):
        key = numbers.key_of(scheme, text)
        assert not key or key.startswith(f"{scheme}:")
    numbers.keys_of("Person", {"passportNumber": (text,), "phone": (text,)})


@pytest.mark.parametrize(
    "text",
    [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        "DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD",
    ],
)
def test_an_address_whose_check_sum_fits_is_a_wallet_alone(text):
    assert numbers.number_keys(text) == (("wallet", f"wallet:{text}"),)


def test_a_mistyped_address_is_still_sought_as_a_wallet_and_as_what_else_it_may_be():
    text = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"
    labels = [label for label, _ in numbers.number_keys(text)]
    assert labels[-1] == "wallet" and "document" in labels
    assert numbers.key_of("wallet", text) == f"wallet:{text}"


def test_a_number_that_only_looks_like_an_address_of_dogecoin_is_none():
    assert numbers.wallet("DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD")
    assert numbers.wallet("DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyE") == ""


def test_mistyped_addresses_that_nothing_else_looks_like_stay_wallets():
    for text in ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj2", "0x" + "aB" * 20):
        assert [label for label, _ in numbers.number_keys(text)] == ["wallet"]
