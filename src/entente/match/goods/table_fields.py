"""What a column of a table of seizures may mean, and by which headers it is recognised in four languages.

A header is recognised only where it is one of these words as a whole (folded); the person who sends the
file says the rest once, and it is remembered by the header.
"""

from collections.abc import Mapping
from functools import cache

from entente.match.names.fold import fold

LEAVE_OUT = ""
"""The column is not read."""
PERSON = "person"
"""The column names or describes a person: never read into a seizure."""
_SAID: Mapping[str, str] = {
    "ref": "ref|reference|seizure id|case id|case no|case number|id|numero|numéro|référence|referencia|"
    "n° de dossier|número de caso|رقم القضية|المرجع|seizure no|incident id|record id|msgref",
    "date": "date|date of seizure|seizure date|date of incident|incident date|day seized|fecha|"
    "fecha de incautacion|fecha de incautación|date de saisie|date de la saisie|التاريخ|تاريخ الضبط|fecha hecho",
    "date_end": "date end|end date|until|to date|fecha final|date de fin|تاريخ الانتهاء",
    "year": "year|annee|année|ano|año|السنة|anio|reporting year|seizure year",
    "month": "month|mois|mes|الشهر",
    "event_kind": "event|event kind|type of event|evento|événement|نوع الحدث",
    "authority": "authority|agency|reporting authority|service|autorite|autorité|autoridad|administration|"
    "law enforcement agency|الجهة|السلطة",
    "source_kind": "source kind|source type|type de source|tipo de fuente|نوع المصدر",
    "country": "country|reporting country|country of seizure|seizure country|pays|pays de saisie|pais|país|"
    "pais de incautacion|country territory|الدولة|البلد|بلد الضبط|reporter|country area",
    "region": "region|iso 3166-2|subdivision|province|departamento|département|المنطقة|state province",
    "locode": "locode|un/locode|unlocode|port code|code du port",
    "place": "place|location|place of seizure|seizure location|city|lieu|lieu de saisie|lugar|"
    "lugar de incautacion|municipio|port|المكان|مكان الضبط",
    "place_kind": "place kind|type of place|type of location|type de lieu|tipo de lugar|نوع المكان",
    "latitude": "latitude|lat|latitud|خط العرض",
    "longitude": "longitude|lon|lng|long|longitud|خط الطول",
    "detection": "detection|detection method|how found|how detected|methode de detection|"
    "méthode de détection|metodo de deteccion|método de detección|طريقة الكشف",
    "operation": "operation|operation id|operación|opération|العملية",
    "concealment": "concealment|concealment method|how hidden|dissimulation|ocultamiento|ocultación|الإخفاء",
    "summary": "summary|description of event|remarks|notes|circumstances|resume|résumé|resumen|ملخص|ملاحظات",
    "lab": "lab|lab result|laboratory|laboratoire|laboratorio|المختبر",
    "what": "what|goods|product|commodity|description|description of goods|drug|drug name|species product|"
    "marchandise|produit|mercancia|mercancía|producto|droga|drogue|البضاعة|المادة|نوع البضاعة|clase bien|item",
    "goods": "goods code|taxonomy|code of goods",
    "hs": "hs|hs code|hs4|hs6|tariff|tariff code|code sh|codigo sa|código sa|رمز النظام المنسق|commodity code",
    "edition": "hs edition|edition|hs version|nomenclature",
    "state": "state of goods|genuine or counterfeit|status of goods|etat|état|estado de la mercancia",
    "quantity": "quantity|qty|amount|amount seized|quantity seized|quantite|quantité|quantité saisie|cantidad|"
    "cantidad incautada|الكمية|الكمية المضبوطة|volume|weight|poids|peso|الوزن",
    "unit": "unit|unit of measure|units|unite|unité|unidad|unidad de medida|الوحدة|uom|measure",
    "value": "value|value of goods|estimated value|valeur|valor|القيمة",
    "currency": "currency|devise|moneda|العملة",
    "basis": "value basis|basis|base de valeur|base del valor",
    "brand": "brand|trademark|marque|marca|العلامة التجارية",
    "batch": "batch|batch number|lot|lot number|numéro de lot|numero de lote|lote|رقم الدفعة",
    "species": "species|taxon|scientific name|espece|espèce|especie|النوع",
    "term": "term|cites term|terme|término",
    "appendix": "appendix|app|app.|annexe|apendice|apéndice|الملحق",
    "source": "source|cites source|source code",
    "purpose": "purpose|cites purpose|purpose code|but|propósito",
    "origin": "origin|country of origin|origin country|pays d'origine|pais de origen|país de origen|"
    "بلد المنشأ|produced in|from",
    "departure": "departure|country of departure|departure country|pays de départ|pais de salida|"
    "país de salida|بلد المغادرة|exporter|country of export|consignment country|provenance",
    "transit": "transit|transit country|country of transit|pays de transit|pais de transito|"
    "país de tránsito|بلد العبور|via",
    "destination": "destination|country of destination|destination country|pays de destination|"
    "pais de destino|país de destino|بلد المقصد|importer|to|intended destination",
    "mode": "mode|mode of transport|transport|transport mode|means of transport|mode de transport|"
    "medio de transporte|modo de transporte|وسيلة النقل",
    "container": "container|container number|container no|conteneur|contenedor|رقم الحاوية",
    "imo": "imo|imo number|imo no|numéro imo|numero imo",
    "plate": "plate|registration|plate number|licence plate|immatriculation|placa|matricula|matrícula|رقم اللوحة",
    "parcel": "parcel|parcel number|tracking number|colis|numéro de colis|paquete|رقم الطرد",
    "seal": "seal|seal number|scellé|numero de precinto|precinto|رقم الختم",
    PERSON: "name|names|full name|suspect|suspects|offender|arrested person|surname|first name|last name|"
    "date of birth|birth date|dob|passport|passport number|national id|phone|telephone|email|e-mail|nom|prénom|"
    "date de naissance|nombre|apellido|apellidos|fecha de nacimiento|pasaporte|الاسم|اسم المتهم|تاريخ الميلاد|"
    "رقم الجواز|الهاتف|consignee name|consignor name|driver",
}
_UNITS: Mapping[str, tuple[str, str]] = {
    "kg": ("quantity", "KGM"),
    "kg equivalent": ("quantity", "KGM"),
    "kilograms": ("quantity", "KGM"),
    "quantity kg": ("quantity", "KGM"),
    "quantity (kg)": ("quantity", "KGM"),
    "cantidad kg": ("quantity", "KGM"),
    "quantité (kg)": ("quantity", "KGM"),
    "الكمية (كغ)": ("quantity", "KGM"),
    "weight (kg)": ("quantity", "KGM"),
    "litres": ("quantity", "LTR"),
    "quantity (l)": ("quantity", "LTR"),
    "pieces": ("quantity", "C62"),
    "number of specimens": ("quantity", "C62"),
    "value (usd)": ("value", "USD"),
    "value (eur)": ("value", "EUR"),
    "value usd": ("value", "USD"),
    "value eur": ("value", "EUR"),
}
"""Headers that say the unit, or the currency, of all their cells."""
FIELDS: tuple[str, ...] = tuple(_SAID)
REPEATED = frozenset({"transit", "concealment", "container", "seal", "batch", LEAVE_OUT, PERSON})
"""Fields that several columns may mean."""
LINE = frozenset(
    "goods what hs edition state quantity unit value currency basis brand batch species term appendix source "
    "purpose".split()
)
"""Fields of a line of goods; the others are the seizure's."""


def folded(header: str) -> str:
    """A header as headers are compared: without accents, case, and signs between words."""
    return " ".join(fold(header).replace("_", " ").split())


@cache
def words() -> Mapping[str, tuple[str, str]]:
    """Folded header to (field, unit or currency of all its cells)."""
    known = {folded(said): (field, "") for field, all_ in _SAID.items() for said in all_.split("|")}
    return known | {folded(said): meant for said, meant in _UNITS.items()}
