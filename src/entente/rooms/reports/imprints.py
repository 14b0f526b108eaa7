"""What the reports room publishes, by kind: each part brings its own."""

from entente.rooms.publications import Imprints
from entente.rooms.reports import casebook
from entente.rooms.reports.assessments import publishing as assessments

IMPRINTS: Imprints = {**assessments.IMPRINTS, **casebook.IMPRINTS}
