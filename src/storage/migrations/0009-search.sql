-- Search and lists of the registry: rows derived from it, so that every list is a walk along an index under row-level security. LIKE, arrays
-- and jsonb cannot use an index there (their operators are not leakproof); equality and ranges of numbers, uuids and C-collated text can.

-- How each person's name is spelled and sorts. Spelling 0 is the name itself; the others are further readings of it and former names.
create table person_spellings (
  tenant_id   integer not null,
  party_id    uuid not null,
  spelling_no smallint not null check (spelling_no >= 0),
  -- The pinyin order of the name in force, in every spelling's row (name-order.ts).
  name_order  bigint not null,
  -- Toneless and joined: zhangsanfeng, zsf.
  pinyin      text collate "C" not null,
  initials    text collate "C" not null,
  -- With spelling 0: all tokens of the party, eight bytes each, by which its rows of search_tokens are found and replaced.
  tokens      bytea check ((tokens is null) = (spelling_no > 0)),
  primary key (tenant_id, party_id, spelling_no),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index person_spellings_order on person_spellings (tenant_id, name_order, party_id) where spelling_no = 0;
create index person_spellings_pinyin on person_spellings (tenant_id, pinyin, name_order, party_id);
-- Further readings and former names alone: a syllable's own names are found by the order.
create index person_spellings_others on person_spellings (tenant_id, pinyin, name_order, party_id) where spelling_no > 0;
create index person_spellings_initials on person_spellings (tenant_id, initials, name_order, party_id) include (pinyin);
select fence_tenant('person_spellings');

create table organisation_spellings (
  tenant_id   integer not null,
  party_id    uuid not null,
  spelling_no smallint not null check (spelling_no >= 0),
  name_order  bigint not null,
  pinyin      text collate "C" not null,
  initials    text collate "C" not null,
  -- With spelling 0: all tokens of the party, eight bytes each, by which its rows of search_tokens are found and replaced.
  tokens      bytea check ((tokens is null) = (spelling_no > 0)),
  primary key (tenant_id, party_id, spelling_no),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index organisation_spellings_order on organisation_spellings (tenant_id, name_order, party_id) where spelling_no = 0;
create index organisation_spellings_pinyin on organisation_spellings (tenant_id, pinyin, name_order, party_id);
-- Further readings and former names alone: a syllable's own names are found by the order.
create index organisation_spellings_others on organisation_spellings (tenant_id, pinyin, name_order, party_id) where spelling_no > 0;
create index organisation_spellings_initials on organisation_spellings (tenant_id, initials, name_order, party_id) include (pinyin);
select fence_tenant('organisation_spellings');

-- What a party is found by: two adjacent characters of a name, a known fact, a jurisdiction, an employer. A token is a number made from its
-- text (search-tokens.ts); rows of one token lie in the order of names, and by the other index in the order of registration.
-- Twenty million rows in a city: no foreign key, whose check each of them would pay for; they are written with the party's spellings.
create table search_tokens (
  tenant_id  integer not null,
  token      bigint not null,
  name_order bigint not null,
  party_id   uuid not null,
  primary key (tenant_id, token, name_order, party_id)
);
create index search_tokens_recent on search_tokens (tenant_id, token, party_id);
-- The planner chooses well only if it knows how common the common tokens are.
alter table search_tokens alter column token set statistics 1000;
select fence_tenant('search_tokens');

-- Up to which day the search rows follow statements and employments that begin or end by the calendar alone.
create table search_days (
  tenant_id    integer not null references tenants,
  followed_to  date not null,
  primary key (tenant_id)
);
select fence_tenant('search_days');
