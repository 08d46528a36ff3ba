"""
How far a figure may lie from what is known of it before it is asked about: the thresholds of all slips of scale.

A month's work (flow) may truly be many times that of other months, so it is asked about only far above everything that is
known: each month so far, last year, the year's target.  What there is at the end of a month (stock) moves slowly, so it is
asked about as soon as it leaves a band round its last level.  What is checked must be explained; what is merely unlikely,
or known from little, is a hint.
"""

# Flows, times the largest of all months that are known (two years back, and the months after a late one).
FAR = 20  # checked: no campaign among a bureau's own figures brought so much, and a slip of 百, 千 or 万 always does
FAR_OF_A_YEAR = 5  # the same where twelve months are known: the season is among them
TENFOLD = 5  # a hint where the past is short: one digit too many, as the usual month is less than the largest
TWENTIETH = 20  # a hint: of the least of all months that are known, of 上年同期 on the same sheet, or of what is corrected
SHORT = 8  # months; from here on `outliers` measures by the spread of the past instead
WHOLE_YEAR = 12  # months

# Flows, times the target or the task of the whole year; where both are known both must be exceeded.
MONTH_OF_TARGET = 2  # one month
YEAR_OF_TARGET = 5  # several months: targets are overfulfilled, hardly five times

# Stocks, times the levels round it.
BAND = 4  # leaves a quarter to four times of the last level: checked
LEAP_OF_FEW = 10  # a hint where the level is a small count
CLOSE = 3  # the last months of a year, whose level the next one opens with
HABIT = 3  # levels that make a habit, and
PART = 5  # times: to so small a part of itself a habit does not fall
SMALL_PART = 10  # the same against levels that are known of fewer months
NEARLY_ALL = 0.8  # of the figures that never were 0: so many do not end in one month
SWITCHED_PART = 2  # the same where the other column was used so far
SEASON = 2.5  # times: as low, or as high, a year ago, and it is the season
OWN_LEAPS = 1.5  # times the second largest step of its own past: a level that leaps has leapt twice

# Sizes: small counts leap, amounts of money (with decimals) are large in their smallest unit.
FEW = 10  # cases
SOME = 20
LARGE, VERY_LARGE = 50, 100  # below, a stock may well be used up
THOUSAND = 1_000

# Slips by a power of ten: the same figure in another unit.
LEVEL = 3  # monthly values that make a level
WITHIN = 2.5  # how far a figure may stray from its level and still be taken for that level in another unit
POWERS = (4, -4, 3, -3, 2, -2)
CERTAIN = 4  # powers of ten by which no level changes
WIDE, WIDE_POWERS = 5.0, (4, -4, 8, -8)  # 万 and 亿, which are told from a change even by little that is known
SISTERS, ABOVE_ALL = 2, 1_000  # rows of one unit in 万 or 亿, and times the largest of them, where nothing else is known

# Columns taken for one another, which the whole sheet shows.
ROWS = 3  # that do the same are a column; fewer are a hint, unless last year says so of two
HARDLY = 0.25  # of the least month so far: by so little a cumulative does not grow in several rows at once
STOPPED = 0.5  # of the least month of last year
LIKE = 1.6  # times: so near a figure is like another; in February the cumulative is about twice the month
STRAIGHT = 1.25  # times: so near months grow as the year does
LINE = 3  # months that make a line
SOME_MONTHS = 6  # of last year that tell what its months are like

# Rates, against the share that is to be reached.
NEARLY = 0.85  # of it: so near a rate of the other way round, or ten times as large, points at a slip
HALF = 0.5  # of the target of a year, in its first month and with nothing else known: a hint
