"""Names of months and weekdays as they stand in dates, in the languages that files come in."""

from app.domain.text import fold

_MONTHS = """
january jan janvier janv januar jan enero ene gennaio gen januari janeiro jänner jaenner
february feb février févr fév fevr februar feber febrero feb febbraio februari fevereiro fev
march mar mars maerz märz mrz mär marzo maart mrt março
april apr avril avr abril abr aprile
may mai mayo maggio mag mei maio
june jun juin juni junio giugno giu junho
july jul juillet juil juli julio luglio lug julho
august aug août aout agosto ago augustus
september sep sept septembre septiembre set settembre setembro setiembre
october oct octobre oktober okt octubre ottobre ott outubro out
november nov novembre noviembre novembro
december dec décembre déc dezember dez diciembre dic dicembre desember dezembro
"""
_WEEKDAYS = """
monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun
montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so
lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim
lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom
"""
_PARTICLES = "de del of the le den der el am on st nd rd th er"

MONTHS = {
    fold(word): number
    for number, line in enumerate(_MONTHS.strip().splitlines(), start=1)
    for word in line.split()
}
"""The number of the month that a folded name or abbreviation means."""

FILLERS = frozenset(fold(word) for word in (_WEEKDAYS + _PARTICLES).split())
"""Folded words that may stand in a date and say nothing about it."""
