"""What a column says is guessed from its header, however people write it."""

import pytest

from entente.rooms.screening.columns import guessed


@pytest.mark.parametrize(
    "written",
    [
        "Nº documento",
        "Nºdocumento",
        "N.º de documento",
        "No documento",
        "NRO. DOCUMENTO",
        "Número de documento",
        "№ documento",
        "N° de document",
        "n° passeport",
        "Numéro du document",
        "Document No.",
        "Number of passport",
        "رقم الوثيقة",
        "رقـم الوثيقه",
        "رقم جواز السفر",
    ],
)
def test_a_number_of_a_document_is_known_however_number_is_written(written: str) -> None:
    assert guessed([written, "Seat"]) == {"document": written}


def test_what_says_nothing_is_left_alone_and_two_parts_of_a_name_are_two() -> None:
    assert guessed(["No", "N°", "Seat", "", "de la"]) == {}
    assert guessed(["Prénom", "Nom"]) == {"first": "Prénom", "last": "Nom"}
    assert guessed(["Fecha nac. de", "Nom", "Né(e) le"]) == {"name": "Nom", "born": "Né(e) le"}
