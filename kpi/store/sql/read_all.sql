-- Touch every block of the database, so that one whose checksum fails is found at opening and not by a reader.
--
-- grain    one row
-- columns  digest, of no meaning by itself
select
    (select bit_xor(hash(fact)) from fact) as facts,
    (select bit_xor(hash(figure)) from figure) as figures,
    (select bit_xor(hash(part)) from part) as parts,
    (select bit_xor(hash(remarkable)) from remarkable) as remarks_beside,
    (select bit_xor(hash(term)) from term) as terms,
    (select bit_xor(hash(below)) from below) as branches,
    (select bit_xor(hash(addend)) from addend) as addends,
    (select bit_xor(hash(stay)) from stay) as stays,
    (select bit_xor(hash(finding)) from finding) as findings,
    (select bit_xor(hash(remark)) from remark) as remarks,
    (select bit_xor(hash(submission)) from submission) as submissions,
    (select bit_xor(hash(decision)) from decision) as decisions,
    (select bit_xor(hash(answer)) from answer) as answers,
    (select bit_xor(hash(edition)) from edition) as editions,
    (select bit_xor(hash(measure)) from measure) as measures,
    (select bit_xor(hash(organisation)) from organisation) as organisations,
    (select bit_xor(hash(calendar)) from calendar) as months
