-- The place of a client among those who match a search (app.tier_of), as a SQL expression.
create or replace function app.match_rank(p_query text, p_near boolean) returns text
language plpgsql immutable parallel safe as $$
declare
  patterns text[];
begin
  if p_near or app.has_no_letters(p_query) then
    return '1';
  end if;
  patterns := app.search_patterns(p_query);
  return format(
    'app.tier_of(full_name, search_text, %L, %L::text[], %L::text[])',
    app.typed_name(p_query), app.word_beginnings(patterns), patterns
  );
end
$$;
