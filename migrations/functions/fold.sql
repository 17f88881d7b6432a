-- Text as search compares it: without accents, case, invisible characters and apostrophes, with spaces for hyphens.
-- Stored columns depend on it: changing what it does needs a migration that rewrites clients and words.
create or replace function app.fold(value text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  return translate(
    lower(
      public.unaccent(
        'public.unaccent'::regdictionary,
        regexp_replace(
          -- People often type an acute or grave accent for an apostrophe.
          normalize(translate(value, '´`', ''''''), NFKC),
          '[\u0300-\u036F\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g'
        )
      ) collate "und-x-icu"
    ),
    '-''ʼ', ' '
  );
end
$$;
