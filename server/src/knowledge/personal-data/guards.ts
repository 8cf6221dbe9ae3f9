/** Word lists of the guards. Lists are singular tokens between spaces; see `name-evidence.ts` for what each does. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** `is_email_ok`, `FLAG_PHONE`: says whether there is a value, not the value. */
export const booleanHeads = set('is has flag can should did was use enable allow opt accept with show hide');

/** After an identifier or contact word: state, shape or machinery of the value. */
export const stateTails = set(`
  verified opened clicked sent bounced bounce count cnt flag type status template format length len domain
  provider preference change list lead service method code model brand os app version campaign subject host port
  server backend client queue task config setting handler event validator regex pattern schema column
`);

/** After an identifier, contact, credential or text word: where the value is, or which column holds it. */
export const locatorTails = set('path url uri file dir folder field col column index idx mask key');

/** Anywhere: the column describes a group, not one person. */
export const statisticWords = set(`
  avg average mean median std stdev var variance ratio rate pct percent percentage share prob proba probability
  pop population nunique per currency
`);

/** As first word only: an aggregate of the words behind it. */
export const statisticHeads = set('total sum min max count cnt');

/** As first word before an identifier or a contact: a quantity. */
export const quantityHeads = set('num number n nb nr no');

/** Two-token measures of one person that contain a statistic word. */
export const personalMeasures: readonly (readonly [string, string])[] = [
  ['heart', 'rate'],
  ['pulse', 'rate'],
  ['respiratory', 'rate'],
  ['hourly', 'rate'],
  ['daily', 'rate'],
  ['monthly', 'rate'],
  ['avg', 'glucose'],
];

/** The value was replaced by a digest; without a key it still identifies. */
export const digestWords = set('hash hashed sha md5');

/** The value was masked, encrypted, tokenised or coarsened. */
export const protectedWords = set(`
  hmac masked redacted anonymised anonymized encrypted enc cipher tokenised tokenized pseudonym pseudonymised
  pseudonymized surrogate bucketed binned
`);

/** `X name` where X is a thing. */
export const objectNouns = set(`
  feature file model class column table dataset layer metric run experiment bucket host package module function
  method variable param parameter event product company store brand circuit team item contract housing type
  local schema field job task tag topic country state city hospital category app application project resource
  service server db database node pod image domain org organization workspace cluster region queue step pipeline
  artifact index env environment key arg attribute
`);

/** Tables about organisations or places: their names, phones and addresses are not personal. */
export const organisationTables = set(`
  organization organisation org store product supplier hospital school payment airport city shop branch vendor
  company merchant restaurant warehouse station
`);

/** Reference tables: code and meaning, no person. */
export const referenceTables = set('code lookup dictionary dict dim mapping ref reference catalog');

/** Containers whose rows are people; singular tokens. */
export const personNouns = set(`
  patient customer passenger employee student applicant cardholder user person people citizen resident voter
  borrower donor subscriber guest respondent participant defendant inmate offender victim beneficiary claimant
  policyholder attendee consumer shopper personnel staff physician doctor nurse teacher survivor pupil guardian
  signup paciente cliente usuario empleado alumno funcionario patienten kunden mitarbeiter
`);

/** People in the plural, something else in the singular (`client`, `account`, `subject`). */
export const personPlurals = set(`
  clients members subjects individuals accounts drivers agents candidates teachers tenants children players
  parents
`);

/** Words that turn a person noun in a container into machinery: `UserConfig`, `user_agent`. */
export const machineryWords = set(`
  config setting option arg param kwargs agent role group count stat metric event log prompt template test mock
  function tool cache
`);

/** Words beside a person noun that leave the reading of a weak name unchanged: `home_city`, `current_age`. */
export const neutralQualifiers = set(`
  home work office current permanent primary secondary main alt alternate emergency contact mailing billing
  shipping residential birth origin original source src raw clean new old prev previous my his her their mother
  father maternal paternal owner the full legal customer client user member patient employee student applicant
  passenger person holder buyer seller guest borrower addr address place residence account card subject self
  reported num insured holder speaker
`);

/** Words that measure an age: `age_in_years`. */
export const ageQualifiers = set('year yr month in of at plus and or over under');

/** Sibling words of rows that are not people. */
export const nonPersonDomain = set(`
  species bill flipper cylinder horsepower displacement carat attack defense generation housing store sku lot
  garage latent circuit lap district population revenue utilization confirmed recovered shucked viscera shell
  constructor petal sepal acidity sulphate sunspot bedroom bedrm bathroom sqft gdp expectancy
`);

/** Words before or behind `state` that make it machinery. */
export const stateDenied = set('dict random hidden cell initial init game env next prev optimizer machine');

/** Words before or behind `address` that make it machinery. */
export const addressDenied = set('memory mem base ptr register contract bus server bind host');

/** Words of natural-language processing beside `token`. */
export const tokenDenied = set(
  'type id count max pad eos bos sep cls unk mask num per vocab length usage prompt completion',
);

/** Words behind `ssn` that make it a porch or a sunspot number. */
export const ssnDenied = set('porch forecast cycle spot ma');

/** Words beside `age` that make it the age of a thing. */
export const ageDenied = set('car house own building account model cache page');

/** Siblings of grammar data beside `gender`. */
export const grammarSiblings = set('noun word lemma pos');

/** Words behind a one-hot head that cannot be a category value. */
export const oneHotStops = set(`
  id date name time type code key index count number list dict url path file field col column title level status
  score size length text label map mapping lap result event
`);

/** Words that say the value is absent or different. */
export const negations = set('not non without paperless');

/** Containers with rows of clinical care. */
export const healthContainers = set(`
  patient admission diagnosis encounter clinical health medical hospital icustay prescription labevent
  chartevent noteevent ehr emr
`);
