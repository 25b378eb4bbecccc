"""What an OpenStreetMap tag sells, as a category of ours.

The table is in order of precedence: where one brand name is in the index under several tags (a supermarket's
filling stations, a furniture house's café), the first entry here is what the bare name most likely means on a
statement. A tag that is not here is nothing a person pays by card (flags, pylons, post boxes) or would say
nothing about what the money was for (banks, cash machines).
"""

_TABLE = """
groceries: shop/supermarket shop/wholesale shop/frozen_food shop/greengrocer shop/butcher shop/seafood
fuel: amenity/fuel highway/services waterway/fuel
furniture: shop/furniture shop/bed shop/kitchen shop/bathroom_furnishing
diy-garden: shop/doityourself shop/hardware shop/trade shop/garden_centre shop/paint shop/tiles
diy-garden: shop/flooring shop/power_tools shop/tool_hire shop/agrarian shop/country_store shop/glaziery
diy-garden: shop/doors shop/swimming_pool shop/bbq shop/groundskeeping shop/plant_hire shop/carpet
diy-garden: shop/lighting shop/electrical
department-store: shop/department_store shop/variety_store shop/general shop/mall shop/catalogue
personal-care: shop/chemist shop/cosmetics shop/perfumery
pharmacy: amenity/pharmacy shop/medical_supply shop/nutrition_supplements shop/herbalist
fast-food: amenity/fast_food
coffee: amenity/cafe shop/coffee shop/tea
dining: amenity/restaurant amenity/pub amenity/bar
clothing: shop/clothes shop/shoes shop/fashion_accessories shop/bag shop/leather shop/jewelry
clothing: shop/watches shop/tailor
electronics: shop/electronics shop/computer shop/hifi shop/appliance shop/camera shop/photo
electronics: shop/mobile_phone_accessories shop/vacuum_cleaner shop/printer_ink craft/electronics_repair
mobile-phone: shop/mobile_phone shop/telecommunication office/telecommunication
bakery-sweets: shop/bakery shop/pastry shop/confectionery shop/chocolate amenity/ice_cream
groceries: shop/convenience shop/deli shop/dairy shop/cheese shop/health_food shop/spices
groceries: shop/beverages shop/nuts shop/kiosk
sports-gear: shop/sports shop/outdoor shop/bicycle shop/fishing
home: shop/houseware shop/household_linen shop/interior_decoration shop/curtain shop/window_blind
home: shop/candles shop/frame shop/pottery
family: shop/baby_goods
hobbies: shop/toys shop/craft shop/fabric shop/musical_instrument shop/music shop/art shop/model
hobbies: shop/anime
hobbies: shop/second_hand shop/charity shop/erotic
games: shop/video_games shop/games leisure/amusement_arcade leisure/adult_gaming_centre
books: shop/books shop/stationery shop/newsagent shop/copyshop
pets: shop/pet amenity/veterinary amenity/animal_boarding
gifts: shop/gift shop/florist shop/party shop/pyrotechnics
alcohol-tobacco: shop/alcohol shop/wine shop/tobacco shop/e-cigarette shop/cannabis
hair-beauty: shop/hairdresser shop/beauty shop/massage shop/tattoo shop/hairdresser_supply leisure/sauna
health: shop/optician shop/hearing_aids amenity/clinic amenity/hospital amenity/doctors amenity/dentist
health: healthcare/laboratory healthcare/sample_collection healthcare/physiotherapist
health: healthcare/counselling healthcare/rehabilitation healthcare/dialysis healthcare/audiologist
health: healthcare/alternative
car-maintenance: shop/car_repair shop/car_parts shop/tyres shop/car shop/motorcycle
car-maintenance: shop/motorcycle_repair amenity/car_wash amenity/vehicle_inspection shop/truck
car-maintenance: shop/truck_repair shop/caravan
fitness: leisure/fitness_centre leisure/sports_centre leisure/dance leisure/fitness_station
hotels: tourism/hotel tourism/motel tourism/hostel tourism/caravan_site
events: amenity/cinema tourism/theme_park shop/ticket tourism/museum
entertainment: leisure/bowling_alley leisure/trampoline_park leisure/indoor_play leisure/escape_game
entertainment: leisure/miniature_golf leisure/high_ropes_course amenity/karaoke_box amenity/internet_cafe
entertainment: shop/video
gambling: shop/bookmaker shop/lottery amenity/casino amenity/gambling
insurance: office/insurance
electricity: office/energy_supplier
water: office/water_utility
gas: shop/gas
fuel: amenity/charging_station
travel: shop/travel_agency
car-rental: amenity/car_rental
transport: amenity/car_sharing amenity/bicycle_rental amenity/motorcycle_rental
parking: amenity/parking highway/toll_gantry barrier/toll_booth
postage: amenity/post_office amenity/parcel_locker shop/outpost office/logistics
household-services: shop/dry_cleaning shop/laundry shop/storage_rental shop/locksmith shop/rental
household-services: shop/repair shop/shoe_repair office/moving_company craft/cleaning craft/plumber
household-services: craft/electrician craft/window_construction shop/pest_control office/security
childcare: amenity/kindergarten amenity/childcare
education: amenity/prep_school amenity/language_school amenity/music_school amenity/driving_school
education: amenity/training amenity/university amenity/college amenity/school
loan-payment: shop/money_lender shop/pawnbroker
mortgage: office/mortgage
obligations: office/tax_advisor office/lawyer shop/funeral_directors
charity: office/association club/scout office/union amenity/social_facility
rent: landuse/residential
housing: office/estate_agent
public-transport: route/train route/subway route/tram route/bus route/light_rail route/trolleybus
public-transport: route/ferry
"""

_ROWS = (line.split(": ") for line in _TABLE.strip().splitlines())
CATEGORY_BY_TAG: dict[str, str] = {tag: category for category, tags in _ROWS for tag in tags.split()}
RANK_BY_TAG: dict[str, int] = {tag: rank for rank, tag in enumerate(CATEGORY_BY_TAG)}

_OPERATORS = """
office/energy_supplier office/water_utility amenity/parking amenity/car_sharing
amenity/hospital amenity/university amenity/college amenity/childcare amenity/pub tourism/museum
highway/toll_gantry barrier/toll_booth shop/convenience shop/mobile_phone shop/ticket
"""
OPERATOR_TAGS = frozenset(_OPERATORS.split())
"""Tags whose operator, not only a brand, sends the bill."""
