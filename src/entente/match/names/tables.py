"""What the house knows of name words, once and for all: never counted from the records it keeps.

Weights are static so that no hidden record can move a score (HOUSE section 2). The lists are general
public knowledge: words that stand between names and titles here, words carried by very many people or
companies in `rarity`, forms of given names in `nicknames`, words of companies in `companies`.
"""

from collections.abc import Mapping

from entente.match.names.companies import CANON as CANON
from entente.match.names.companies import COMPANY_PHRASES as COMPANY_PHRASES
from entente.match.names.companies import FORMS as FORMS
from entente.match.names.rarity import common


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words("""
    al el ul ur as ad an ar az at ash es il bin ben ibn ibnu bn bint binti binte bte abu abou bou umm
    oum abd abdul abdel abdal abdol ould uld walad weld wld banu bani ait oglu ogly oghlu ogli ugli oglou
    uulu uly kyzy kyz kizi qizi qyzy gizi zade van von der den de het ten ter te tot vom zu zum zur auf op
    af av of the for del della dello dell delle degli dei dal dalla dalle dallo dela delos delas della di
    da do dos das du des la le les las los lo dit dite d l s mac mc o ap ab ui bar bat st san santa sta
    sto y e i and alias geb geborene
""")
"""Words that stand between names; present or absent, they say little."""

PATRONYMIC = _words("bin ben ibn ibnu bn bint binti binte bte ould uld walad weld wld ap")
"""Particles after which the father is named: "X bin Y" is not "Y bin X". Those that follow the father's name
(oglu, kyzy) are not here, nor the Malaysian "a/l", which folds to the Arabic article."""

TITLES = _words("""
    mr mister messrs mrs ms mx miss sir lord lady dame lt hon rev reverend esq esquire jr jnr junior
    senior snr ii iii iv dr prof profa professor phd md mba msc obe mbe cbe kbe king prince princess queen
    mme mlle monsieur madame mademoiselle maitre herr frau hr dhr mevr mevrouw meneer dipl ing sr sra srta
    senor senora senorita don dona dom lic licenciado licenciada ingeniero abg arq filho signor signora
    signorina sig dott dottore dottoressa avv avvocato onorevole cav pani gospodin gospozha gospodja
    tovarisch tovarishch grazhdanin kyrios kyria bay bayan hanim efendi effendi bey hoca hodja sheikh
    shaikh shaykh cheikh sheik sheikha shaikha haji hajji hadji haj hajj hadj alhaj elhadj elhaj alhaji
    hajia hajah hajjah hadja sayyid sayyed seyed sayyida syed moulay lalla ustad ustaz ustadh mullah
    mullahs mulla molla maulana mawlana mawlawi maulavi maulawi molvi moulvi hafiz qari qadi mufti akhund
    akhundzada hojatoleslam hojjatoleslam hujjatulislam ayatollah ayatullah shri shree smt shrimati thiru
    tmt pandit datuk datin tengku tunku puan encik bapak father mother brother sister padre fray
    soeur abbe monsignor monsignore mgr msgr rabbi rav reb rabbanit archbishop archimandrite swami colonel
    col coronel colonnello oberst polkovnik podpolkovnik albay general gen generale major maj mayor
    captain capt capitan capitaine capitano kapitan kapitaen kaptan yuzbasi lieutenant leutnant teniente
    tenente leytenant oberleutnant porucznik sergeant sgt ssgt sargento sergente feldwebel corporal
    brigadier brig commander cdr cmdr commandant comandante commodore admiral adm almirante ammiraglio
    marshal marechal mariscal
""")
"""Words before or after a name that say what somebody is. Words that are names too are left out: Pan is a
Chinese family name, Pak a Korean one, Sri a first name, Dato is David in Georgia."""

COMMON: Mapping[str, float] = common()
"""Weight of a word that very many people or companies carry; any other word weighs by its length."""
