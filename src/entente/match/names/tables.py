"""What the house knows of name words, once and for all: never counted from the records it keeps.

Weights are static so that no hidden record can move a score (HOUSE section 2). The lists are general
public knowledge: words carried by very many people, words that stand between names, titles, forms of
companies, and short forms of given names.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words("""
    al el ul ur as ad an ar az at ash es il bin ben ibn bint binti abu abou abd abdul abdel abdal abdol ould
    uld walad van von der den de del della di da do dos das du des la le los las lo y e and i zu zum zur af
    av ter ten te st san santa mac mc o ap ab oglu ogly oghlu kyzy kizi qizi of the for d l s bar bat
""")
"""Words that stand between names; present or absent, they say little."""

PATRONYMIC = _words("bin ben ibn bint binti ould uld walad ap")
"""Particles after which the father is named: "X bin Y" is not "Y bin X"."""

TITLES = _words("""
    mr mrs ms miss dr prof professor sir lord lady mme mlle monsieur madame herr frau sr sra senor senora
    don dona haji hajji hadji haj hajj hadj sheikh shaikh shaykh cheikh sheik mullah mulla maulana mawlawi
    maulavi maulawi hafiz qari sayyid sayyed seyed colonel col general gen major maj captain capt lieutenant
    lt sergeant commander commandant king prince princess queen father brother sister rev hon ing jr junior
    senior ii iii iv alhaj ustad molvi akhund hojatoleslam ayatollah esq phd md mullahs pan pani tovarisch
""")

_CLOSELY_HELD = """
    ltd limited ltda limitada ltee sarl srl spzoo zoo doo ooo too tov gmbh mbh sro kft eood ood bv bvba sprl
    pte pty pvt sdn bhd ltdsti sti llc lc llp lp lllp kk yk sl slu lda mchj
"""
_BY_SHARES = """
    jsc ojsc cjsc pjsc oao ao zao pao ag sa sas spa nv as asa ab oy oyj aps plc inc incorporated corp
    corporation company se ad dd tbk pt kgaa kg ohg gbr cv sca ev ua joint stock psc saog saoc fzco fze fzc
"""
FORMS: dict[str, str] = dict.fromkeys(_CLOSELY_HELD.split(), "ltd") | dict.fromkeys(_BY_SHARES.split(), "jsc")
"""Forms of companies, by class: closely held or by shares."""

COMPANY_PHRASES = (
    ("limited liability company", "llc"),
    ("limited liability partnership", "llp"),
    ("public joint stock company", "pjsc"),
    ("open joint stock company", "ojsc"),
    ("closed joint stock company", "cjsc"),
    ("joint stock company", "jsc"),
    ("public limited company", "plc"),
    ("private limited", "ltd"),
    ("limited partnership", "lp"),
    ("sp z o o", "spzoo"),
    ("s r o", "sro"),
    ("d o o", "doo"),
    ("obshchestvo s ogranichennoy otvetstvennostyu", "ooo"),
    ("aktsionernoe obshchestvo", "ao"),
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("sociedad anonima", "sa"),
    ("societe anonyme", "sa"),
    ("aktiengesellschaft", "ag"),
)

_VERY_COMMON = """
    mohammed mohammad muhammad mohamed mohamad muhammed muhamad mohamood mohd muhamed mahmud mahmoud ahmed
    ahmad ahmet ali hassan hasan hussein hussain husayn hossein abdullah abdallah abdulla ibrahim khan omar
    umar nguyen wang li zhang chen liu yang kim lee park singh kumar maria jose john juan garcia group
    international trading trade bank
"""
_QUITE_COMMON = """
    mehmet yusuf youssef yousef ismail khalid salem salim saleh salih mustafa mostafa hamid hamed karim
    rashid said sayed syed abbas jan gul shah khalil rahman rahim aziz nasser nasir osman othman uthman amin
    qasim sultan malik hamza zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie
    tang han cao deng feng choi choe jung jong chong kang cho yoon yun jang lim tran le pham hoang phan vu
    dang bui duong ivan ivanov ivanova vladimir sergei sergey alexander aleksandr aleksei alexei andrei
    andrey dmitri dmitry mikhail nikolai petr pyotr petrov smirnov kuznetsov popov volkov anna elena olga
    natalia tatiana irina david michael james robert william thomas george peter paul daniel charles joseph
    richard mark martin smith johnson williams brown jones miller davis wilson taylor anderson rodriguez
    martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz morales
    luis carlos antonio francisco manuel pedro miguel jorge fernando rafael alejandro santos silva oliveira
    souza pereira ferreira costa rodrigues almeida joao paulo ana jean pierre michel marie jacques philippe
    andre francois louis bernard dubois giovanni giuseppe marco mario rossi russo ferrari hans klaus muller
    schmidt schneider fischer weber meyer wagner becker schulz hoffmann piotr andrzej nowak kowalski devi
    sharma patel das ram lal prasad gupta begum bibi akhtar rao reddy yamamoto tanaka suzuki sato takahashi
    ito watanabe kobayashi kato nakamura yilmaz kaya demir celik fatima fatma aisha ayse mariam maryam
    moussa musa issa isa amadou mamadou traore diallo diop ndiaye keita coulibaly toure camara global
    general holding holdings enterprise enterprises services service solutions industries industrial
    industry import export investment investments development limited national corporation consulting
    management systems technology technologies energy oil gas shipping logistics transport construction
    foundation institute university ministry center centre association society federal state republic
    government
"""
COMMON: dict[str, float] = dict.fromkeys(_QUITE_COMMON.split(), 0.6) | dict.fromkeys(
    _VERY_COMMON.split(), 0.45
)
"""Weight of words that very many people or companies carry; any other word weighs by its length."""

_SHORT_FORMS = """
aleksandr alexander alexandre alessandro alejandro sasha sascha shura alex alec sandro xander oleksandr
aleksey alexei alexey aleksei alyosha lyosha lesha oleksiy
vladimir volodymyr vladimer wladimir vova volodya vovka volodia ladimir
dmitri dmitry dmitriy dima mitya dmytro dimitri dimitrios
sergei sergey serge sergio seryozha serhiy sergii
mikhail michael misha mikheil mykhailo miguel michel mike mick michal mihail mihai miquel
grigori grigory grisha hryhoriy gregory greg gregorio
georgi georgios yorgos georgy george gosha zhora giorgi gio gia jorge georges yuri yura jerzy yuriy juri
nikolai nikolay nicholas nick kolya mykola nicolas nikola nicolae nico niko klaus
ivan vanya john johnny jack juan jean johann hans jan giovanni joao ioannis vano jon iwan sean ian
yevgeny evgeny evgeni zhenya eugene evgeniy yevgeniy eugenio
boris borya
pavel paul pasha pavlo pablo paolo paulo pawel pavle
petr pyotr peter pedro petya pierre pietro petro petre pete piotr pero
konstantin kostya constantine kote konstantine costa konstantinos
stepan stephen steven steve stefan styopa esteban etienne stefano stepane
anatoly anatoli tolya anatoliy
valery valeri valera valeriy
viktor victor vitya vittorio
vasily vasili vasya basil vasyl vasil vasiliy
leonid lyonya lenya leonidas
roman roma
maxim maksim max maks
andrei andrey andrew andy andre andres andrea andriy andrzej andreas andria drew
yaroslav slava vyacheslav viacheslav
stanislav stas stanislaw
semyon simon simeon semen syoma shimon
zakhar zakhariy zachary zakharia zakaria shakro zakary zakariya
david dato dave davit datuna daoud dawood davud
levan leo levani leon
tariel taro
merab mera
irakli heracles ika
tengiz tengo
robert bob rob bobby roberto robbie
richard rick dick ricky ricardo riccardo
william bill will billy guillermo guillaume wilhelm willy
james jim jimmy jamie jaime santiago diego iago
joseph joe joey jose pepe giuseppe yusuf youssef beppe peppe iosif josef jozef yosef ioseb soso yousef yusef
francisco francis frank paco pancho francesco franz francois ciccio
antonio anthony tony toni anton antoine
ignacio nacho ignatius
jesus chucho
manuel manolo emmanuel manny
rafael rafa raphael
alberto albert beto al
enrique henry quique heinrich henri enrico kike harry
eduardo edward ed eddie lalo edoardo edouard ted
fernando ferdinand nando
guadalupe lupe
dolores lola
salvatore salvador toto turi sal
vincenzo vincent enzo vicente vince
domenico dominic mimmo domingo dominique
giacomo jacob jacques jakob jakub yakov yaqub yasha jake
luigi luis louis gino ludwig ludovic lou
mohammed muhammad mohamed mehmet moh mohd mamadou mamady
ahmed ahmad ahmet hamada
ali aliu alioune
abdullah abdallah abdoulaye abdulla
ibrahim ibragim abraham brahim avraham abe ibrahima
ismail ishmael smail esmail
hussein husayn houssein hussain hossein huseyin
hassan hasan hacene
mustafa mostafa moustapha mustapha
khaled khalid halid
osman othman uthman ousmane usman
omar umar oumar omer
moussa musa moses moshe mose
issa isa eissa
yahya yahia jahja
elizabeth liz beth betty elisabeth lisa isabel elisabetta yelizaveta
margaret maggie peg peggy margarita rita margherita
katherine catherine kate kathy katie katya ekaterina yekaterina katarina caterina catalina katrin
maria mary marie masha mariya maryam mariam miriam marija
anna ann anne anya annie hannah ana hanna ania
natalia natasha nataliya natalie natalya nata
tatiana tanya tatyana
olga olya olha
elena helen lena yelena helena olena alyona ellen eleni
svetlana sveta svitlana
irina ira iryna irene
ludmila lyudmila lyuda mila
galina galya halyna
sofia sonya sophia sofya sofiya sophie
daria dasha darya
thomas tom tommy tomas tommaso
charles charlie carlos carl karl chuck carlo karol
christopher chris kris christophe cristobal hristo krzysztof
matthew matt mateo matteo matvei mathieu matthias mateusz matthaus
daniel dan danny daniele danilo danila
benjamin ben benny veniamin binyamin
samuel sam sammy samuil
nathaniel nathan nate
timothy tim timofei timofey
theodore ted theo fyodor fedor teodor teodoro fedya
lawrence larry laurence lorenzo laurent
patrick pat paddy patricio patrizio
ronald ron ronnie
donald don donnie
kenneth ken kenny
gerald gerry jerry gerard
arthur art arturo artur
frederick fred freddy federico friedrich fritz frederic
augustus augusto august gus
luke lucas luca lukas luka lukasz
lee yi ri rhee
park pak bak
choi choe
jung jeong chong chung jong
lim im rim
roh noh no ro
yoo yu ryu
kim gim
mark marc marco marcus marek marko markus marcos
"""
SHORT_FORMS: dict[str, tuple[str, ...]] = {}
"""A given name to the families of forms it belongs to, each named by its first form."""
for _line in _SHORT_FORMS.strip().splitlines():
    _family = _line.split()
    for _form in dict.fromkeys(_family):
        SHORT_FORMS[_form] = (*SHORT_FORMS.get(_form, ()), _family[0])
