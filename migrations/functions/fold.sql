-- Text as search compares it: no accents, no case, nothing invisible, no apostrophes, spaces for hyphens.
-- Indexes are built with it: another text of it needs a migration that writes clients and words anew.
create or replace function app.fold(value text) returns text
language sql immutable strict parallel safe
return translate(
  lower(
    public.unaccent(
      'public.unaccent'::regdictionary,
      regexp_replace(
        -- A lone acute or grave accent is how an apostrophe often gets typed.
        normalize(translate(value, '´`', ''''''), NFKC),
        '[\u0300-\u036F\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g'
      )
    ) collate "und-x-icu"
  ),
  '-''ʼ', ' '
);
