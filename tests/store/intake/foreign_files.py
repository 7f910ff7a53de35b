"""Files as other programs write them out, small, two dialects of each, and what they come to.

Made after the formats as they are publicly described; nothing in them is anybody's.
"""

from __future__ import annotations

from typing import Final

WHATSAPP_ANDROID: Final = """\
02.10.26, 09:58 - Messages and calls are end-to-end encrypted.
02.10.26, 10:00 - Ann Lee: Can you start today?
02.10.26, 10:05 - Jo Ek: Tomorrow, as agreed:
it is in the plan.
13.10.26, 23:30 - Ann Lee: <Media omitted>
13.10.26, 23:31 - Ann Lee: Keep working, I'll pay you eventually
"""
WHATSAPP_IOS: Final = (
    "[10/2/26, 09:58:00\u202fAM] Ann Lee: \u200eNachrichten sind Ende-zu-Ende-verschlüsselt.\r\n"
    "[10/2/26, 10:00:01\u202fAM] Ann Lee: Can you start today?\r\n"
    "[10/2/26, 10:05:00\u202fAM] Jo Ek: Tomorrow, as agreed:\r\nit is in the plan.\r\n"
    "\u200e[10/13/26, 11:30:00\u202fPM] Ann Lee: \u200eimage omitted\r\n"
    "[10/13/26, 11:31:00\u202fPM] Ann Lee: Keep working, I'll pay you eventually\r\n"
)
SIGNAL_LINES: Final = """\
[2026-10-02 10:00] Ann Lee: Can you start today?
[2026-10-02 10:05] Jo Ek: Tomorrow, as agreed:
it is in the plan.
[2026-10-13 23:31] Ann Lee: Keep working, I'll pay you eventually
"""
SIGNAL_BLOCKS: Final = """\
From: Ann Lee (+4712345678)
Type: incoming
Sent: Fri, 02 Oct 2026 10:00:00 +0000
Received: Fri, 02 Oct 2026 10:00:02 +0000

Can you start today?

From: You
Type: outgoing
Sent: Fri, 02 Oct 2026 10:05:00 +0000

Tomorrow, as agreed:
it is in the plan.

From: Ann Lee (+4712345678)
Type: incoming
Sent: Tue, 13 Oct 2026 23:31:00 +0000

Keep working, I'll pay you eventually
"""
TELEGRAM_ONE: Final = """\
{"name": "Ann Lee", "type": "personal_chat", "id": 7, "messages": [
 {"id": 1, "type": "service", "date": "2026-10-02T09:00:00", "actor": "Ann Lee", "text": ""},
 {"id": 2, "type": "message", "date": "2026-10-02T10:00:00", "date_unixtime": "1790935200",
  "from": "Ann Lee", "from_id": "user7", "text": "Can you start today?"},
 {"id": 3, "type": "message", "date": "2026-10-02T10:05:00", "date_unixtime": "1790935500",
  "from": "Jo Ek", "from_id": "user8",
  "text": ["Tomorrow, ", {"type": "bold", "text": "as agreed"}, ":\\nit is in the plan."]},
 {"id": 4, "type": "message", "date": "2026-10-13T23:31:00", "date_unixtime": "1791934260",
  "from": "Ann Lee", "from_id": "user7", "text": "Keep working, I'll pay you eventually"}
]}
"""
TELEGRAM_ALL: Final = (
    '{"about": "Here is the data you requested.", "chats": {"about": "", "list": [\n'
    + TELEGRAM_ONE.replace('"name": "Ann Lee"', '"name": "Acme Media"')
    + ', {"name": "Mum", "type": "personal_chat", "id": 8, "messages": [{"id": 1, "type":'
    ' "message", "date": "2026-10-02T10:00:00", "from": "Mum", "text": "Dinner?"}]}]}}'
)
CHATS: Final = {
    "android.txt": WHATSAPP_ANDROID,
    "ios.txt": WHATSAPP_IOS,
    "signal.md": SIGNAL_LINES,
    "signal.txt": SIGNAL_BLOCKS,
    "result.json": TELEGRAM_ONE,
    "all.json": TELEGRAM_ALL,
}

TOGGL: Final = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,\
Duration,Tags,Amount ()
Jo,jo@ek.example,Acme Media,Site,,"Home page, layout",Yes,2026-10-05,09:00:00,2026-10-05,\
10:30:00,01:30:00,,
Jo,jo@ek.example,Bolt & Co,App,,Login,Yes,2026-10-06,09:00:00,2026-10-06,09:45:00,00:45:00,,
Jo,jo@ek.example,Acme Media,Site,,Slip,Yes,2026-10-06,09:00:00,2026-10-06,09:00:10,00:00:10,,
"""
HARVEST: Final = """\
Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,First Name,Last Name
2026-10-05,Acme Media,Site,,Design,"Home page, layout",1.5,1.5,Yes,Jo,Ek
2026-10-06,Bolt & Co,App,,Development,Login,0.75,0.75,Yes,Jo,Ek
"""
CLOCKIFY: Final = """\
"Project","Client","Description","Task","User","Tags","Billable","Start Date","Start Time",\
"End Date","End Time","Duration (h)","Duration (decimal)","Billable Amount (USD)"
"Site","Acme Media","Home page, layout","","Jo","","Yes","10/05/2026","09:00:00 AM",\
"10/05/2026","10:30:00 AM","01:30:00","1.50","127.50"
"App","Bolt & Co","Login","","Jo","","Yes","10/16/2026","9:00:00 AM","10/16/2026",\
"9:45:00 AM","00:45:00","0.75","63.75"
"""
SEMICOLONS: Final = """\
Datum;Kunde;Projekt;Dauer;Beschreibung
05.10.2026;Acme Media;Site;1,5;Home page, layout
06.10.2026;Bolt & Co;App;0:45;Login
"""
WARRIOR_DATA: Final = """\
inc 20261005T090000Z - 20261005T103000Z # "Acme Media" Site # "Home page, layout"
inc 20261006T090000Z - 20261006T094500Z # "Bolt & Co" App # Login
inc 20261007T090000Z # "Acme Media"
"""
WARRIOR_JSON: Final = """\
[
{"id":3,"start":"20261005T090000Z","end":"20261005T103000Z","tags":["Acme Media","Site"],\
"annotation":"Home page, layout"},
{"id":2,"start":"20261006T090000Z","end":"20261006T094500Z","tags":["Bolt & Co","App"],\
"annotation":"Login"},
{"id":1,"start":"20261007T090000Z","tags":["Acme Media"]}
]
"""
SHEETS: Final = {
    "toggl.csv": TOGGL,
    "harvest.csv": HARVEST,
    "clockify.csv": CLOCKIFY,
    "stunden.csv": SEMICOLONS,
    "2026-10.data": WARRIOR_DATA,
    "export.json": WARRIOR_JSON,
}

BANK_DE: Final = """\
Umsätze;Konto DE02 1203;;;
;;;;
Buchungstag;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung
05.10.2026;ACME MEDIA;Rechnung INV-1, danke;1.200,00;EUR
06.10.2026;Landlord;Rent;-800,00;EUR
07.10.2026;Somebody;Gift;12,00;EUR
"""
BANK_EN: Final = """\
Transaction Date,Counterparty,Reference,Paid in,Paid out,Currency
05/10/2026,Acme Media,INV-1,"1,200.00",,EUR
16/10/2026,Landlord,Rent,,800.00,EUR
17/10/2026,Somebody,Gift,12.00,,EUR
"""
BANKS: Final = {"umsaetze.csv": BANK_DE, "bank.csv": BANK_EN}

INVOICES_EN: Final = """\
Invoice Number,Client,Date,Due Date,Amount,Currency,Description
INV-7,Acme Media,2026-10-01,2026-10-15,1200.00,EUR,Website
"""
INVOICES_DE: Final = """\
Rechnungsnummer;Kunde;Datum;Fälligkeit;Betrag;Beschreibung
INV-7;Acme Media;01.10.2026;15.10.2026;1.200,00 €;Website
"""
INVOICES: Final = {"invoices.csv": INVOICES_EN, "rechnungen.csv": INVOICES_DE}

HLEDGER: Final = """\
; a journal
account assets:receivable:acme

2026-10-01 * (INV-7) Acme Media | Website
    assets:receivable:acme      EUR 1,200.00  ; due:2026-10-15
    income:web

2026-10-20 Acme Media | INV-7
    assets:bank                 EUR 1,200.00
    assets:receivable:acme

2026-10-21 Landlord
    expenses:rent               EUR 800.00
    assets:bank
"""
LEDGER: Final = """\
2026/10/01 * (INV-7) Acme Media | Website
    ; due: 2026/10/15
    Assets:Accounts Receivable:acme   1200.00 EUR
    Income:Web

2026/10/20 Acme Media | INV-7
    Assets:Checking   1200.00 EUR
    Assets:Accounts Receivable:acme   -1200.00 EUR

2026/10/21 Landlord
    Expenses:Rent   800.00 EUR
    Assets:Checking
"""
JOURNALS: Final = {"2026.journal": HLEDGER, "2026.ledger": LEDGER}

VCARD_3: Final = """\
BEGIN:VCARD
VERSION:3.0
FN:Pia Holm
N:Holm;Pia;;;
ORG:Holm & Co;
EMAIL;TYPE=work:pia@holm.example
TEL;TYPE=cell:+46 1 23
ADR;TYPE=work:;;Storgatan 1;Malmö;;211 00;Sweden
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Acme Media
N:;;;;
END:VCARD
"""
VCARD_21: Final = """\
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Holm;Pia;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Pia Holm
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Holm =26 Co
EMAIL;INTERNET:pia@holm.example
TEL;CELL:+46 1 23
ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Storgatan 1;Malm=C3=B6;;211 00;Sweden
END:VCARD
"""
CARDS: Final = {"contacts.vcf": VCARD_3, "old.vcf": VCARD_21}

CALENDAR_UTC: Final = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1
DTSTART:20261005T090000Z
DTEND:20261005T103000Z
SUMMARY:Acme Media: kick-off
LOCATION:Their office
ATTENDEE;CN=Ann Lee:mailto:ann@acme.example
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20270105T090000Z
SUMMARY:Acme Media: review
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261006T090000Z
STATUS:CANCELLED
SUMMARY:Acme Media: call
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20261006
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""
CALENDAR_ZONE: Final = CALENDAR_UTC.replace(
    "DTSTART:20261005T090000Z\nDTEND:20261005T103000Z",
    "DTSTART;TZID=Europe/Berlin:20261005T110000\nDTEND;TZID=Europe/Berlin:20261005T123000",
)
CALENDARS: Final = {"meetings.ics": CALENDAR_UTC, "berlin.ics": CALENDAR_ZONE}
