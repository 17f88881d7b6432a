-- The number of clients of the transaction's clinic with a facet (empty: all), of one professional if given.
create or replace function app.count_kept_clients(p_facet text, p_archived boolean, p_professional uuid) returns bigint
language sql stable
return app.sum_kept_counts(app.current_clinic(), p_facet, p_archived, p_professional);
