"""Plain words that are also names of firms: a client called Mint is not meant by fresh mint."""

from __future__ import annotations

from typing import Final

COMMON: Final = frozenset(
    """
    a about after again all an and another any apple arrow art as at atlas back bakery bank base
    bay beach beacon bean bear beauty bee bell berry best better bird black blend bloom blue board
    bold bolt book books booth border bottle bow box brand bread brick bridge bright brush bubble
    build builder buildings bull business butter cabin cafe cake call camera camp canvas cap
    capital car card care cargo cat cedar centre center chair chalk change charm check cherry
    church circle city clay clean clear client clinic cloud clover club coast coffee coin cold
    colour color company compass cook copper copy core corner corporate cottage cotton country
    court craft cream creative crown crystal cup customer cut daily dance data dawn day deep
    delta demo dental design designer desk diamond digital direct dog door dot dream drive drop
    earth east easy echo edge editor elm ember energy estate event events every express eye fair
    falcon family farm fashion fast feather field film finance fine fire first fish flag flash
    flow flower focus food foot for forest fork forge form forward fox frame free fresh friend
    friends from fuel full future gallery game garden gate gift glass globe go gold golden good
    grace grain grand graphic grass great green ground group grove growth guide gym hair half hand
    happy harbour harbor harvest haven hawk health heart help hero high hill hive hold home honey
    horizon horse host hotel house hub idea ideal image impact in ink inn inside iron island it
    ivy jewel joy jump just keep kettle key kind king kitchen label lake lamp land lane lark law
    leaf learn legal lemon level life light lily lime line link lion little local lodge logo long
    loop lotus love luck lunar made mail main maker man map maple mark market marketing master
    match may meadow media medical menu metal mill mind mine mint mirror mobile model modern
    moment money month moon more morning moss motion motor mountain music native natural nature
    nest net network new news next night north note oak oasis ocean of office oil old olive on
    one open orange orbit order origin our out outdoor own page paint palm paper park part
    partner partners pasta path peak pear pearl people pepper perfect pet photo piano pilot pine
    pink pioneer pixel pizza place plan planet plant plus point pool port post power press prime
    print printer printing private prize pro product project public pulse pure quality queen
    quick quiet rabbit radio rain rainbow raven real record red reed ridge right ring rise
    river road robin rock root rose round royal run safe sage sail salon salt sand school sea
    second seed sense service services shadow shape share shell shine ship shoe shop shore short
    show signal silk silver simple site sky small smart smile smith snow social soft solar
    solid solution solutions song soul sound source south space spark spice spirit sport sports
    spot spring square stage standard star start station steam steel step stone store storm story
    stream street strong studio studios style sugar summer summit sun sunny support surf sweet
    swift system systems table tailor target taste tax tea team tech test text that the theatre
    think this tide tiger time to tool top touch tour tower town toy track trade trail train
    training travel tree trend true trust turn twin union unit united up urban use valley value
    vet view village vine vision visit vista vital voice walk wall water wave way wealth wear web
    website wedding week well west whale wheel white wild will wind window wine wing winter wise
    with wolf wonder wood wool word words work works workshop world yard year yes yoga you young
    your zebra zero zone
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""English words, months and days that alone name nobody, so no other client either."""
