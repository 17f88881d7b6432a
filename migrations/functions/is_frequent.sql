-- Whether more than p_most of the p_listed clients of a clinic are expected to match a search by its patterns alone
-- (app.plain_patterns). Whose they are is nothing to the index of search, and so not asked. Where it makes no difference there is no
-- estimate, because it takes as long as finding a few hundred: of numbers of six digits or more, and of names in all but the largest
-- clinics.
create or replace function app.is_frequent(p_query text, p_patterns text[], p_listed bigint, p_most integer) returns boolean
language plpgsql volatile as $$
declare
  is_number boolean := app.has_no_letters(p_query);
begin
  if is_number and length(p_patterns[1]) >= length('%123456%') or not is_number and p_listed <= 30000 then
    return false;
  end if;
  return p_most < app.expected_matches(
    p_query, false, '{}',
    format('select from clients where %s and in_search_index and %s', app.listed_conditions('{}'), app.like_all(p_patterns))
  );
end
$$;
