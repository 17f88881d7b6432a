-- How many clients of a list have all these facets, from the kept counts; of one professional if given. Facets count as
-- independent of one another, except that a city lies in its state.
create or replace function app.expected_clients(p_facets text[], p_archived boolean, p_professional uuid) returns numeric
language plpgsql stable as $$
declare
  listed numeric := app.count_kept_clients('', p_archived, p_professional);
  expected numeric := listed;
  owned numeric;
  place numeric := listed;
  facet text;
begin
  foreach facet in array p_facets loop
    owned := app.count_kept_clients(facet, p_archived, p_professional);
    if facet like 'city:%' or facet like 'state:%' then
      place := least(place, owned);
    else
      expected := expected * owned / greatest(listed, 1);
    end if;
  end loop;
  return expected * place / greatest(listed, 1);
end
$$;
