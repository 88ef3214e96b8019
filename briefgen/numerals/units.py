"""What is counted or measured, but for money."""

from __future__ import annotations

from briefgen.evidence import Unit, UnitKind
from briefgen.numerals.phrases import phrases

COUNT = Unit(UnitKind.COUNT)
PERCENT = Unit(UnitKind.PERCENT)
PERCENTAGE_POINTS = Unit(UnitKind.COUNT, "percentage points")

PERCENT_WORDS = phrases(
    """
    points: percentage point | percentage points | per cent point | per cent points | percent points | % points | % p
    points: điểm phần trăm | điểm % | 퍼센트포인트 | % 포인트 | %p | pp
    percent: % | per cent | percent | pct | pct . | phần trăm | 퍼센트 | percentage
    """
)
MEASURES = frozenset(
    str.split("""
    mm cm m km nm mi ft ha m² m2 m³ m3 km² km2 sqm l mg g kg kt Mt Gt oz lb W kW MW GW TW Wh kWh MWh GWh TWh V kV J
    kJ MJ GJ TJ Hz kHz MHz GHz kB MB GB TB PB Kbps Mbps Gbps °C °F km/h kWp MWp GWp CO2e tCO2e TEU""")
)
"""Symbols that are printed after the number as they stand."""
