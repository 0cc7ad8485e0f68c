"""Item in, reports and quotes out. Pure: no clock, no network, no store; the area's data is an argument."""
