"""Places that banks write behind a merchant's name, in the folded form of `merchants.fold`."""
# ruff: noqa: RUF001 (words of other scripts are the point of this file)

_COUNTRIES = """
ad ae al ar at au ba be bg br ca ch cl cn co cy cz de dk ee eg es fi fr gb gr hk hr hu ie il is it jp ke
kr lt lu lv ma md mk mt mx my nl no nz pe ph pl pt ro rs ru sa se sg si sk th tr tw ua uk us uy vn za aus
aut bel bgr bra can che cze deu dnk esp est fin fra gbr grc hrv hun irl ita jpn ltu lux lva mex nld nor
nzl pol prt rou svk svn swe tur ukr usa
"""
COUNTRY_NAMES = "germany deutschland france italia espana polska"
COUNTRIES = frozenset(f"{_COUNTRIES} {COUNTRY_NAMES}".split())

_US_STATES = """
ak al ar az ca co ct dc fl ga hi ia id il ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok
or pa ri sc sd tn tx ut va vt wa wi wv wy on qc bc ab mb sk ns nsw vic qld
"""
US_STATES = frozenset(_US_STATES.split())

_CITIES = """
berlin hamburg munchen muenchen koln koeln frankfurt stuttgart dusseldorf duesseldorf leipzig dortmund
essen bremen dresden hannover nurnberg nuernberg duisburg bochum wuppertal bonn mannheim karlsruhe
augsburg wiesbaden munster muenster wien vienna graz linz salzburg innsbruck zurich zuerich geneve geneva
basel bern lausanne london manchester birmingham leeds glasgow edinburgh liverpool bristol sheffield
cardiff belfast nottingham leicester brighton oxford cambridge dublin cork galway limerick paris
marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes grenoble madrid
barcelona valencia sevilla zaragoza malaga murcia bilbao alicante granada lisboa lisbon porto braga
coimbra faro roma rome milano milan napoli torino palermo genova bologna firenze bari catania venezia
verona padova amsterdam rotterdam utrecht eindhoven groningen tilburg bruxelles brussel brussels
antwerpen gent brugge liege luxembourg warszawa warsaw krakow lodz wroclaw poznan gdansk szczecin
katowice lublin praha prague brno ostrava plzen olomouc bratislava kosice budapest debrecen bucuresti
bucharest cluj napoca timisoara iasi constanta brasov sofia sofiya plovdiv varna burgas ruse софия
пловдив варна бургас русе стара загора плевен athens athina thessaloniki patra αθηνα θεσσαλονικη πατρα
istanbul ankara izmir bursa antalya adana konya stockholm goteborg gothenburg malmo uppsala oslo bergen
trondheim stavanger kobenhavn copenhagen aarhus odense helsinki espoo tampere turku tallinn riga vilnius
kaunas zagreb split ljubljana beograd belgrade sarajevo skopje tirana kyiv kiev lviv moscow moskva москва
киев seattle chicago houston phoenix philadelphia dallas austin denver boston detroit portland memphis
baltimore milwaukee albuquerque tucson fresno sacramento atlanta miami oakland minneapolis tulsa tampa
cleveland toronto montreal vancouver calgary ottawa edmonton winnipeg sydney melbourne brisbane perth
adelaide auckland wellington singapore dubai brooklyn
"""
CITIES = frozenset(_CITIES.split())
CITY_PAIRS = frozenset(
    {
        ("new", "york"),
        ("los", "angeles"),
        ("san", "francisco"),
        ("san", "diego"),
        ("san", "jose"),
        ("san", "antonio"),
        ("las", "vegas"),
        ("st", "louis"),
        ("st", "paul"),
        ("salt", "lake"),
        ("den", "haag"),
        ("the", "hague"),
        ("a", "coruna"),
        ("palma", "mallorca"),
        ("cluj", "napoca"),
        ("стара", "загора"),
    }
)
"""Large cities only, and none whose name is a word or a brand of its own in a neighbouring trade."""
