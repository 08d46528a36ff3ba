-- Everything the database holds.  All of it can be made again from the batches and the log, so a change here needs no
-- migration: the next start notices another text and builds the database anew.  No table has an index: the log gives each
-- number once, and the blocks of an index would be the only ones that reading the tables does not prove.

-- grain  one row per file of the log: a second copy of its text, from which a damaged or missing one is written back
create table if not exists log (
    seq bigint not null, -- the number of its first entry
    text varchar not null
);

-- grain  one row per accepted workbook sheet; rows are only ever added
-- seq    its number in the log; of the same organisation, office, period and template the highest seq not withdrawn is current
create table if not exists submission (
    seq bigint not null,
    org varchar not null,
    office varchar not null,
    period date not null, -- first day of the month
    template varchar not null,
    file varchar not null,
    sha256 varchar not null, -- of the uploaded bytes
    submitted_by varchar not null,
    submitted_at timestamp not null, -- local time
    note varchar not null, -- 说明, empty when none was needed
    batch varchar not null, -- where its batch lies below the data folder
    demo boolean not null, -- of the demonstration, so its figures are fictional
    accepted_by varchar not null, -- who accepted what had been referred; empty: it was accepted as it came
    referred_at timestamp, -- local time; null: it was accepted as it came
    referral varchar not null -- the code of that referral; empty: it was accepted as it came
);

-- grain  one row per decision about submissions; rows are only ever added
-- seq    its number in the log, which it shares with submission; of the locks and unlocks that cover an office of an
--        organisation and a month the highest seq is in force
-- null   office: every office, org: every organisation (of a lock or unlock); submission: it is no withdrawal
create table if not exists decision (
    seq bigint not null,
    act varchar not null, -- withdraw, lock, unlock
    period date not null, -- first day of the month
    office varchar,
    submission bigint, -- the one withdrawn
    decided_by varchar not null,
    decided_at timestamp not null, -- local time
    reason varchar not null,
    org varchar
);

-- grain  one row per answer to a question about a layout, or its undoing; rows are only ever added
-- seq    its number in the log, which it shares with submission; of the same layout and key the highest seq holds
-- null   office: whose sheet it is was the question; said: what was answered before is undone
create table if not exists answer (
    seq bigint not null,
    kind varchar not null, -- what is asked about: row, column, office …
    office varchar,
    layout varchar not null, -- fingerprint of the headings
    key varchar not null, -- what is asked about, and the words seen, as the reader looks them up
    seen varchar not null,
    file varchar not null,
    sheet varchar not null,
    cell varchar not null,
    said varchar,
    answered_by varchar not null,
    answered_at timestamp not null -- local time
);

-- grain  one row per edition (会议版): the figures of one organisation shown in one meeting; rows are only ever added
-- seq    its number in the log, which it shares with submission
create table if not exists edition (
    seq bigint not null,
    period date not null, -- first day of the month
    span varchar not null,
    title varchar not null, -- the occasion
    figures varchar not null, -- sha256 of the frozen rows, which lie below the data folder
    known bigint not null, -- the last number of the log that the rows were computed from
    catalog varchar not null, -- digest of the catalogue they were computed with
    frozen_by varchar not null,
    frozen_at timestamp not null, -- local time
    org varchar not null,
    name varchar not null -- what that organisation was called then, empty where there was but one
);

-- grain  one row per follow-up (督办) as it was opened; rows are only ever added
-- seq    its number in the log, which it shares with submission
-- null   what does not apply to what it came of; promised: no value of the indicator is promised
create table if not exists follow_up (
    seq bigint not null,
    kind varchar not null, -- what it came of: miss, relation, finding, problem, decision
    period date not null, -- first day of the month
    words varchar not null, -- the sentence of the board, the summary, the law, the finding or the decision, as it was then
    indicator varchar,
    value varchar, -- its figure then, every digit of it
    target varchar,
    as_of date, -- the day that figure ran to
    relation varchar,
    submission bigint, -- the one with the finding
    finding varchar, -- its code
    place varchar,
    total integer, -- how many were to be mended, and how many were
    done integer,
    note bigint, -- the number of the decision
    title varchar not null,
    office varchar not null,
    person varchar not null,
    due date not null,
    opened_by varchar not null,
    opened_at timestamp not null, -- local time
    promise varchar not null,
    promised varchar,
    steps struct(words varchar, due date)[] not null,
    edition varchar not null, -- the code of the edition of the meeting, empty outside one
    org varchar not null,
    demo boolean not null -- it rests on the demonstration, and goes with it
);

-- grain  one row per entry about a follow-up; rows are only ever added
-- seq    its number in the log, which it shares with submission
-- null   what the act has not
create table if not exists follow_up_entry (
    seq bigint not null,
    act varchar not null, -- note, promise, step, add-step, sign, reopen
    follow_up bigint not null, -- the number under which it was opened
    entered_by varchar not null,
    entered_at timestamp not null, -- local time
    words varchar not null,
    due date,
    promise varchar,
    promised varchar,
    step integer, -- which one, from 1 on
    done boolean,
    completed integer, -- how many of the problem are mended by then
    edition varchar not null,
    demo boolean not null
);

-- grain  one row per meeting note (会议记录); rows are only ever added
-- seq    its number in the log, which it shares with submission
create table if not exists meeting_note (
    seq bigint not null,
    kind varchar not null, -- decision, minute
    period date not null, -- first day of the month
    words varchar not null,
    noted_by varchar not null,
    noted_at timestamp not null, -- local time
    edition varchar not null, -- the code of the edition that was shown, empty where none was
    org varchar not null,
    demo boolean not null
);

-- grain  the last end of a demonstration, nothing before there was one: what has a lower number in the log is in no table but log,
--        follow-ups and meeting notes aside that rest on nothing of it
-- seq    its number in the log, which it shares with submission
create table if not exists demo_end (
    seq bigint not null,
    ended_by varchar not null,
    ended_at timestamp not null -- local time
);

-- grain  one row per 核对意见 a submission was accepted with
-- null   relation: no 勾稽关系 raised it
create table if not exists finding (
    seq bigint not null,
    position integer not null, -- order within the submission
    code varchar not null,
    severity varchar not null,
    sheet varchar not null,
    cell varchar not null,
    seen varchar not null,
    remedy varchar not null,
    relation varchar,
    measures varchar not null -- codes, parted by a comma
);

-- grain  one row per figure of a submission: measure and header (month 本月数, ytd 本年累计, prior 上年同期累计)
-- null   value: there is no number, and state says why
create table if not exists fact (
    seq bigint not null,
    org varchar not null,
    office varchar not null,
    period date not null,
    measure varchar not null,
    header varchar not null,
    value decimal(22, 6),
    state varchar not null,
    decimals tinyint not null,
    qualifier varchar not null,
    as_of date not null,
    sheet varchar not null,
    cell varchar not null,
    raw varchar not null
);

-- grain  one row per 备注 of a submission
create table if not exists remark (
    seq bigint not null,
    measure varchar not null,
    text varchar not null
);

-- grain  one row per measure of the catalogue in force
create table if not exists measure (
    code varchar not null,
    office varchar not null,
    name varchar not null,
    unit varchar not null,
    kind varchar not null, -- flow, stock, standard, rate
    decimals tinyint not null,
    signed boolean not null, -- may be negative: a cumulative that falls is then no correction
    blank_is_zero boolean not null, -- of a sheet in force a blank is 0
    template varchar not null, -- of the sheet of its office
    position integer not null -- order in the catalogue
);

-- grain  one row per organisation of the catalogue in force
-- null   first, last: it is there from the beginning, to the end
create table if not exists organisation (
    code varchar not null,
    reports boolean not null, -- sends sheets itself; the others stand for those below them
    position integer not null, -- order in the tree, a node before those below it
    first date, -- the first and the last month in which there is one
    last date
);

-- grain   one row per face of a figure (kpi.value.State)
-- weight  of several that stand in the way of a sum the heaviest speaks; nought where there is a number
create table if not exists state (
    word varchar not null,
    weight integer not null,
    nothing_to_count boolean not null
);

-- grain  one row per term of a part of an indicator; made anew with the catalogue, so the type of coefficient may differ
create table if not exists term (
    indicator varchar not null,
    part varchar not null, -- numerator, denominator, failed, total, reported
    measure varchar not null,
    coefficient decimal(12, 6) not null,
    years_back integer not null, -- 1: last year's figure
    terms integer not null, -- of the part
    additive boolean not null, -- the part only adds up figures of its own year: a term of which there was nothing to count brings nothing
    divided boolean not null, -- whether the indicator has a denominator
    joint boolean not null, -- whether all parts have to be of the same months: a rate, a difference
    annualised boolean not null
);

-- grain  one row per node and organisation that reports below it in some months alone; as often as it comes back
-- null   first, last: from the beginning, to the end
create table if not exists stay (
    code varchar not null, -- what its figures and parts are called in figure, part, remarkable and uneven
    leaf varchar not null,
    node varchar not null,
    first date,
    last date
);

-- grain  one row per organisation that stands for others and organisation that reports below it, or stay of one
create table if not exists below (
    node varchar not null,
    leaf varchar not null -- the organisation where it is always below, else the stay
);

-- grain  one row per organisation that stands for others and what its parts are added up from: those directly below, or some of below
create table if not exists addend (
    node varchar not null,
    org varchar not null
);

-- grain  one row per month from the first of the first reported year to the last reported month, without holes
create table if not exists calendar (
    period date not null,
    year integer not null, -- see reporting_year.sql
    number integer not null -- the place of the month in its year, 1 to 12
);

-- grain  one row per organisation that reports, measure of the catalogue and month of the calendar; derived, see figure.sql; and per stay, see stays.sql
create table if not exists figure (
    org varchar not null,
    office varchar not null,
    measure varchar not null,
    period date not null,
    kind varchar not null,
    month decimal(22, 6),
    month_state varchar not null,
    ytd decimal(22, 6),
    ytd_state varchar not null,
    carried boolean not null,
    missing_months integer not null,
    idle_months integer not null,
    adjustment decimal(22, 6),
    prior decimal(22, 6),
    prior_state varchar not null,
    prior_qualifier varchar not null,
    prior_seq bigint,
    as_of date,
    decimals tinyint not null,
    qualifier varchar not null,
    seq bigint,
    running decimal(22, 6),
    word varchar,
    month_qualifier varchar not null
);

-- grain  one row per organisation that reports, measure and month of which the sheet in force says nothing, and that counts as 0; derived, see blanks.sql
create table if not exists blank (
    org varchar not null,
    office varchar not null,
    measure varchar not null,
    period date not null,
    seq bigint not null,
    as_of date not null
);

-- grain  one row per figure beside which something has to be said; derived, see remarkable.sql
create table if not exists remarkable (
    org varchar not null,
    measure varchar not null,
    period date not null,
    word varchar, -- 未开展 or 不适用, of all of the year so far
    idle_months integer not null,
    idle_word varchar, -- which of the two these months say
    adjustment decimal(22, 6),
    seq bigint,
    stated decimal(22, 6),
    recorded decimal(22, 6),
    prior_seq bigint
);

-- grain  one row per figure on which nothing that is said of single months may rest; derived, see uneven.sql
create table if not exists uneven (
    org varchar not null,
    measure varchar not null,
    period date not null,
    meant varchar not null, -- how the month is meant
    broken boolean not null, -- it goes on from a day within a month
    short boolean not null, -- it does not run to the last day of its month
    until date -- the day to which it runs, where that is another
);

-- grain  one row per organisation, indicator of the catalogue and month of the calendar; derived, see part.sql, rollup.sql
create table if not exists part (
    org varchar not null,
    indicator varchar not null,
    period date not null,
    numerator decimal(22, 6),
    denominator decimal(22, 6),
    failed decimal(22, 6),
    total decimal(22, 6),
    reported decimal(22, 6),
    reason tinyint not null,
    as_of date,
    as_of_latest date,
    base_as_of date,
    counted_to date,
    missing integer not null,
    base_missing integer not null,
    numerator_qualifier varchar not null,
    denominator_qualifier varchar not null,
    base_unlike boolean not null,
    days_apart tinyint not null,
    results_open boolean not null,
    known decimal(22, 6),
    whole_denominator decimal(22, 6),
    exposure decimal(26, 6),
    whole_exposure decimal(26, 6),
    month_numerator decimal(22, 6),
    month_denominator decimal(22, 6),
    before_numerator decimal(22, 6),
    before_denominator decimal(22, 6),
    prior_numerator decimal(22, 6),
    prior_denominator decimal(22, 6),
    own_numerator decimal(22, 6),
    own_denominator decimal(22, 6),
    year_end decimal(22, 6),
    like_numerator decimal(22, 6),
    like_denominator decimal(22, 6),
    prior_exposure decimal(26, 6),
    like_exposure decimal(26, 6),
    prior_as_of date,
    prior_reason tinyint not null,
    prior_missing integer not null,
    prior_qualifier varchar not null,
    before_reason tinyint not null,
    before_counted_to date,
    divided boolean not null,
    leaves integer not null,
    counted integer not null,
    compared integer not null,
    gapped integer not null,
    prior_gapped integer not null,
    prior_leaves integer not null
);

-- grain  one row per organisation that reports, measure and month of which last year's figures run to another day; holds what the parts are being
--        summed from, see like_day.sql
create table if not exists like_day (
    org varchar not null,
    measure varchar not null,
    point date not null,
    ytd decimal(22, 6) not null,
    as_of date,
    qualifier varchar not null,
    idle_months integer not null
);

-- grain  one row per organisation that reports, indicator and month of which figures lack months; holds what the parts are being
--        summed from, see common.sql
create table if not exists common (
    org varchar not null,
    indicator varchar not null,
    point date not null,
    numerator decimal(22, 6),
    denominator decimal(22, 6),
    missing integer not null,
    base_missing integer not null,
    missing_days integer not null,
    like_numerator decimal(22, 6),
    like_denominator decimal(22, 6),
    prior_numerator decimal(22, 6),
    prior_denominator decimal(22, 6),
    left_out integer not null,
    prior_missing integer not null,
    left_out_days integer not null,
    prior_left_out_days integer not null
);

-- grain  one row per property of the database itself: schema and recipe, digests of what its tables and the derived ones were made with; key, the
--        check of the key for digests of codes
create table if not exists property (
    name varchar not null,
    value varchar not null
);

-- grain  one row per organisation, office, month and template that has a submission not withdrawn: the latest counts
create or replace view counting as
select
    entered.org,
    entered.office,
    entered.period,
    entered.template,
    max(entered.seq) as seq
from submission as entered
left join decision as withdrawal on entered.seq = withdrawal.submission
where withdrawal.seq is null
group by entered.org, entered.office, entered.period, entered.template;

-- grain  one row per submission that counts
create or replace view current_submission as
select submission.*
from submission
inner join counting on submission.seq = counting.seq;

-- grain  one row per number of the log that the tables hold, whatever was entered, with the moment it was made; the end of a
--        demonstration is none: after it nothing is known, as before the first entry
create or replace view entry as
select
    seq,
    submitted_at as made_at
from submission
union all
select
    seq,
    decided_at as made_at
from decision
union all
select
    seq,
    answered_at as made_at
from answer
union all
select
    seq,
    frozen_at as made_at
from edition
union all
select
    seq,
    opened_at as made_at
from follow_up
union all
select
    seq,
    entered_at as made_at
from follow_up_entry
union all
select
    seq,
    noted_at as made_at
from meeting_note;
