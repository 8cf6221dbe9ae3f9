/** What a column holds about a person. One code per kind of data that law or practice treats apart. */
export type Category =
  | 'person_name'
  | 'gov_id'
  | 'email'
  | 'phone'
  | 'postal_address'
  | 'coarse_geo'
  | 'precise_location'
  | 'dob'
  | 'age'
  | 'dates'
  | 'sex_gender'
  | 'race_ethnicity'
  | 'nationality_origin'
  | 'religion'
  | 'political'
  | 'union'
  | 'sex_life'
  | 'health'
  | 'genetic'
  | 'biometric'
  | 'medical_record_id'
  | 'insurance_id'
  | 'payment_card'
  | 'bank_account'
  | 'income'
  | 'credit_financial'
  | 'criminal'
  | 'marital_family'
  | 'education'
  | 'employment'
  | 'child'
  | 'online_id'
  | 'vehicle_id'
  | 'pseudonymous_id'
  | 'credential'
  | 'media'
  | 'free_text';

/** Which guards of `guards.ts` a category listens to. */
export type GuardClass = 'identifier' | 'contact' | 'credential' | 'text' | 'attribute';

export interface CategoryInfo {
  readonly id: Category;
  /** Words for messages, singular, lower case: "e-mail address". */
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly kind: 'direct' | 'pseudonymous' | 'special' | 'attribute' | 'credential' | 'content';
  /** Article(s) of Regulation (EU) 2016/679. */
  readonly gdpr: string;
  /** Identifier number(s) of 45 CFR 164.514(b)(2)(i): a mapping, never a claim that HIPAA applies. */
  readonly hipaa?: string;
  /** Letter(s) of Cal. Civ. Code 1798.140(v)(1); SPI = sensitive personal information, 1798.140(ae). */
  readonly ccpa?: string;
  readonly guards: GuardClass;
}

type Row = Omit<CategoryInfo, 'id'>;

const rows: { readonly [id in Category]: Row } = {
  person_name: {
    title: 'personal name',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '1',
    ccpa: 'A, B',
    guards: 'identifier',
  },
  gov_id: {
    title: 'government identifier',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1), 87',
    hipaa: '7, 11',
    ccpa: 'A, SPI',
    guards: 'identifier',
  },
  email: {
    title: 'e-mail address',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '6',
    ccpa: 'A',
    guards: 'contact',
  },
  phone: {
    title: 'phone number',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '4, 5',
    ccpa: 'A',
    guards: 'contact',
  },
  postal_address: {
    title: 'postal address',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '2',
    ccpa: 'A, B',
    guards: 'contact',
  },
  coarse_geo: {
    title: 'coarse location',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1), Rec. 26',
    hipaa: '2',
    ccpa: 'G',
    guards: 'contact',
  },
  precise_location: {
    title: 'precise location',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '2',
    ccpa: 'G, SPI',
    guards: 'contact',
  },
  dob: {
    title: 'date of birth',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '3',
    ccpa: 'A, B, C',
    guards: 'identifier',
  },
  age: {
    title: 'age',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1)',
    hipaa: '3',
    ccpa: 'C',
    guards: 'attribute',
  },
  dates: {
    title: 'date of a personal event',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    hipaa: '3',
    guards: 'attribute',
  },
  sex_gender: {
    title: 'sex or gender',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'C',
    guards: 'attribute',
  },
  race_ethnicity: {
    title: 'racial or ethnic origin',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  nationality_origin: {
    title: 'nationality or origin',
    severity: 'high',
    kind: 'attribute',
    gdpr: '4(1), 9',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  religion: {
    title: 'religious belief',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  political: {
    title: 'political opinion',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  union: {
    title: 'trade-union membership',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  sex_life: {
    title: 'sexual orientation or gender identity',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    guards: 'attribute',
  },
  health: {
    title: 'health data',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1), 4(15)',
    ccpa: 'B, SPI',
    guards: 'attribute',
  },
  genetic: {
    title: 'genetic data',
    severity: 'critical',
    kind: 'special',
    gdpr: '9(1), 4(13)',
    hipaa: '18',
    ccpa: 'SPI',
    guards: 'attribute',
  },
  biometric: {
    title: 'biometric data',
    severity: 'critical',
    kind: 'special',
    gdpr: '9(1), 4(14)',
    hipaa: '16, 17',
    ccpa: 'E, SPI',
    guards: 'identifier',
  },
  medical_record_id: {
    title: 'medical record number',
    severity: 'high',
    kind: 'pseudonymous',
    gdpr: '4(1), 4(5), 9',
    hipaa: '8',
    ccpa: 'A',
    guards: 'identifier',
  },
  insurance_id: {
    title: 'insurance number',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1), 9',
    hipaa: '9',
    ccpa: 'A, B',
    guards: 'identifier',
  },
  payment_card: {
    title: 'payment card data',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '10',
    ccpa: 'B, SPI',
    guards: 'identifier',
  },
  bank_account: {
    title: 'bank account number',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '10',
    ccpa: 'B, SPI',
    guards: 'identifier',
  },
  income: {
    title: 'income',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'B',
    guards: 'attribute',
  },
  credit_financial: {
    title: 'credit or financial history',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1), 22',
    ccpa: 'B, K',
    guards: 'attribute',
  },
  criminal: {
    title: 'criminal history',
    severity: 'high',
    kind: 'special',
    gdpr: '10',
    guards: 'attribute',
  },
  marital_family: {
    title: 'marital or family status',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'C',
    guards: 'attribute',
  },
  education: {
    title: 'education record',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'J',
    guards: 'attribute',
  },
  employment: {
    title: 'employment detail',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1), 88',
    ccpa: 'I',
    guards: 'attribute',
  },
  child: {
    title: 'data about a child',
    severity: 'high',
    kind: 'direct',
    gdpr: '8',
    ccpa: 'A',
    guards: 'identifier',
  },
  online_id: {
    title: 'online identifier',
    severity: 'medium',
    kind: 'pseudonymous',
    gdpr: '4(1), Rec. 30',
    hipaa: '13, 14, 15',
    ccpa: 'A, F',
    guards: 'identifier',
  },
  vehicle_id: {
    title: 'vehicle identifier',
    severity: 'medium',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '12',
    ccpa: 'A',
    guards: 'identifier',
  },
  pseudonymous_id: {
    title: 'pseudonymous identifier',
    severity: 'medium',
    kind: 'pseudonymous',
    gdpr: '4(5)',
    hipaa: '18',
    ccpa: 'A',
    guards: 'identifier',
  },
  credential: {
    title: 'credential',
    severity: 'critical',
    kind: 'credential',
    gdpr: '32',
    ccpa: 'B, SPI',
    guards: 'credential',
  },
  media: {
    title: 'image or recording of a person',
    severity: 'medium',
    kind: 'content',
    gdpr: '4(1), 9',
    hipaa: '17',
    ccpa: 'H',
    guards: 'text',
  },
  free_text: {
    title: 'free text about a person',
    severity: 'medium',
    kind: 'content',
    gdpr: '4(1), 9',
    hipaa: '17',
    ccpa: 'H, SPI',
    guards: 'text',
  },
};

const infos = new Map<Category, CategoryInfo>(
  (Object.keys(rows) as Category[]).map((id) => [id, { id, ...rows[id] }] as const),
);

/** Every category, in the order of the table. */
export const categories: readonly Category[] = [...infos.keys()];

/** Words, severity and law of a category. */
export function categoryInfo(category: Category): CategoryInfo {
  return infos.get(category)!;
}
