-- What there is up to each month of a course of months, of what they bring; the year so far, and a span of it, follow this one rule.
--
-- grain    one row per row of contribution
-- from     contribution: organisation (org), measure, course, period, and of each month what it brings: own_amount, a number; own_word, the word that
--          hides one; own_missing and own_idle, the months that lack a number and those that say that there was nothing to count, as bits;
--          own_qualifier, how the number is meant.  anchored: from where on words and months lacking count, earlier ones do not matter
--          any more; restarted: from where on numbers add up
-- columns  those of contribution; total: the sum; hidden: the heaviest of the words; lacking, idled: the months, as bits; common_qualifier: how the
--          sum is meant, as all its numbers are that are not exact, else ≈
-- null     total: no number yet; hidden: no word
select
    contribution.*,
    cast(sum(contribution.own_amount) over since_restart as decimal(22, 6)) as total,
    max_by(contribution.own_word, own_state.weight) over since_anchor as hidden,
    cast(sum(contribution.own_missing) over since_anchor as integer) as lacking,
    cast(sum(contribution.own_idle) over since_anchor as integer) as idled,
    min(nullif(contribution.own_qualifier, '=')) over since_restart as least_qualifier,
    max(nullif(contribution.own_qualifier, '=')) over since_restart as most_qualifier,
    case when least_qualifier is null then '=' when least_qualifier = most_qualifier then least_qualifier else '≈' end as common_qualifier
from contribution
left join state as own_state on contribution.own_word = own_state.word
window
    since_anchor as (
        partition by contribution.org, contribution.measure, contribution.course, contribution.anchored
        order by contribution.period
    ),
    since_restart as (
        partition by contribution.org, contribution.measure, contribution.course, contribution.restarted
        order by contribution.period
    )
