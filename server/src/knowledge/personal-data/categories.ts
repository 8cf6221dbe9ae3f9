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
  /** Key of the Fides taxonomy below `user.`, https://ethyca.github.io/fideslang/. */
  readonly fides?: string;
  /** Entity types of Microsoft Presidio, https://microsoft.github.io/presidio/supported_entities/. */
  readonly presidio?: readonly string[];
  /** infoTypes of Google Sensitive Data Protection, https://cloud.google.com/sensitive-data-protection/docs/infotypes-reference. */
  readonly infoTypes?: readonly string[];
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
    fides: 'name',
    presidio: ['PERSON'],
    infoTypes: ['PERSON_NAME'],
    guards: 'identifier',
  },
  gov_id: {
    title: 'government identifier',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1), 87',
    hipaa: '7, 11',
    ccpa: 'A, SPI',
    fides: 'government_id',
    presidio: [
      'US_SSN',
      'US_ITIN',
      'US_PASSPORT',
      'US_DRIVER_LICENSE',
      'UK_NINO',
      'DE_TAX_ID',
      'ES_NIF',
      'ES_NIE',
      'IT_FISCAL_CODE',
      'PL_PESEL',
      'IN_AADHAAR',
      'IN_PAN',
      'SG_NRIC_FIN',
      'KR_RRN',
      'SE_PERSONNUMMER',
      'FI_PERSONAL_IDENTITY_CODE',
      'TH_TNIN',
      'TR_NATIONAL_ID',
      'CA_SIN',
      'ZA_ID_NUMBER',
    ],
    infoTypes: [
      'US_SOCIAL_SECURITY_NUMBER',
      'BRAZIL_CPF_NUMBER',
      'MEXICO_CURP_NUMBER',
      'FRANCE_NIR',
      'DENMARK_CPR_NUMBER',
      'PASSPORT',
    ],
    guards: 'identifier',
  },
  email: {
    title: 'e-mail address',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '6',
    ccpa: 'A',
    fides: 'contact.email',
    presidio: ['EMAIL_ADDRESS'],
    infoTypes: ['EMAIL_ADDRESS'],
    guards: 'contact',
  },
  phone: {
    title: 'phone number',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '4, 5',
    ccpa: 'A',
    fides: 'contact.phone_number',
    presidio: ['PHONE_NUMBER'],
    infoTypes: ['PHONE_NUMBER'],
    guards: 'contact',
  },
  postal_address: {
    title: 'postal address',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '2',
    ccpa: 'A, B',
    fides: 'contact.address.street',
    presidio: ['LOCATION'],
    infoTypes: ['STREET_ADDRESS'],
    guards: 'contact',
  },
  coarse_geo: {
    title: 'coarse location',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1), Rec. 26',
    hipaa: '2',
    ccpa: 'G',
    fides: 'location.imprecise',
    presidio: ['LOCATION', 'UK_POSTCODE', 'DE_PLZ'],
    infoTypes: ['LOCATION'],
    guards: 'contact',
  },
  precise_location: {
    title: 'precise location',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '2',
    ccpa: 'G, SPI',
    fides: 'location.precise',
    presidio: ['LOCATION'],
    infoTypes: ['LOCATION_COORDINATES'],
    guards: 'contact',
  },
  dob: {
    title: 'date of birth',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '3',
    ccpa: 'A, B, C',
    fides: 'demographic.date_of_birth',
    presidio: ['DATE_TIME'],
    infoTypes: ['DATE_OF_BIRTH'],
    guards: 'identifier',
  },
  age: {
    title: 'age',
    severity: 'low',
    kind: 'attribute',
    gdpr: '4(1)',
    hipaa: '3',
    ccpa: 'C',
    fides: 'demographic.age_range',
    presidio: ['DATE_TIME'],
    infoTypes: ['AGE'],
    guards: 'attribute',
  },
  dates: {
    title: 'date of a personal event',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    hipaa: '3',
    presidio: ['DATE_TIME'],
    guards: 'attribute',
  },
  sex_gender: {
    title: 'sex or gender',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'C',
    fides: 'demographic.gender',
    infoTypes: ['GENDER'],
    guards: 'attribute',
  },
  race_ethnicity: {
    title: 'racial or ethnic origin',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    fides: 'demographic.race_ethnicity',
    presidio: ['NRP'],
    infoTypes: ['ETHNIC_GROUP'],
    guards: 'attribute',
  },
  nationality_origin: {
    title: 'nationality or origin',
    severity: 'high',
    kind: 'attribute',
    gdpr: '4(1), 9',
    ccpa: 'C, SPI',
    fides: 'government_id.immigration',
    presidio: ['NRP'],
    infoTypes: ['IMMIGRATION_STATUS'],
    guards: 'attribute',
  },
  religion: {
    title: 'religious belief',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    fides: 'demographic.religious_belief',
    presidio: ['NRP'],
    infoTypes: ['RELIGIOUS_TERM'],
    guards: 'attribute',
  },
  political: {
    title: 'political opinion',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    fides: 'demographic.political_opinion',
    presidio: ['NRP'],
    infoTypes: ['POLITICAL_TERM'],
    guards: 'attribute',
  },
  union: {
    title: 'trade-union membership',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    infoTypes: ['TRADE_UNION'],
    guards: 'attribute',
  },
  sex_life: {
    title: 'sexual orientation or gender identity',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1)',
    ccpa: 'C, SPI',
    fides: 'demographic.sexual_orientation',
    infoTypes: ['SEXUAL_ORIENTATION'],
    guards: 'attribute',
  },
  health: {
    title: 'health data',
    severity: 'high',
    kind: 'special',
    gdpr: '9(1), 4(15)',
    ccpa: 'B, SPI',
    fides: 'health_and_medical',
    presidio: ['MEDICAL_DISEASE_DISORDER', 'MEDICAL_MEDICATION'],
    infoTypes: ['MEDICAL_TERM', 'BLOOD_TYPE'],
    guards: 'attribute',
  },
  genetic: {
    title: 'genetic data',
    severity: 'critical',
    kind: 'special',
    gdpr: '9(1), 4(13)',
    hipaa: '18',
    ccpa: 'SPI',
    fides: 'health_and_medical.genetic',
    guards: 'attribute',
  },
  biometric: {
    title: 'biometric data',
    severity: 'critical',
    kind: 'special',
    gdpr: '9(1), 4(14)',
    hipaa: '16, 17',
    ccpa: 'E, SPI',
    fides: 'biometric',
    guards: 'identifier',
  },
  medical_record_id: {
    title: 'medical record number',
    severity: 'high',
    kind: 'pseudonymous',
    gdpr: '4(1), 4(5), 9',
    hipaa: '8',
    ccpa: 'A',
    fides: 'health_and_medical.record_id',
    presidio: ['US_NPI', 'UK_NHS', 'AU_MEDICARE', 'MEDICAL_LICENSE'],
    infoTypes: ['MEDICAL_RECORD_NUMBER'],
    guards: 'identifier',
  },
  insurance_id: {
    title: 'insurance number',
    severity: 'high',
    kind: 'direct',
    gdpr: '4(1), 9',
    hipaa: '9',
    ccpa: 'A, B',
    fides: 'health_and_medical.insurance_beneficiary_id',
    presidio: ['US_MBI', 'DE_HEALTH_INSURANCE'],
    infoTypes: ['CANADA_OHIP'],
    guards: 'identifier',
  },
  payment_card: {
    title: 'payment card data',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '10',
    ccpa: 'B, SPI',
    fides: 'financial.credit_card',
    presidio: ['CREDIT_CARD'],
    infoTypes: ['CREDIT_CARD_NUMBER', 'CVV_NUMBER'],
    guards: 'identifier',
  },
  bank_account: {
    title: 'bank account number',
    severity: 'critical',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '10',
    ccpa: 'B, SPI',
    fides: 'financial.bank_account',
    presidio: ['IBAN_CODE', 'US_BANK_NUMBER'],
    infoTypes: ['FINANCIAL_ACCOUNT_NUMBER'],
    guards: 'identifier',
  },
  income: {
    title: 'income',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'B',
    fides: 'financial',
    guards: 'attribute',
  },
  credit_financial: {
    title: 'credit or financial history',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1), 22',
    ccpa: 'B, K',
    fides: 'financial',
    guards: 'attribute',
  },
  criminal: {
    title: 'criminal history',
    severity: 'high',
    kind: 'special',
    gdpr: '10',
    fides: 'criminal_history',
    infoTypes: ['CRIME_STATUS'],
    guards: 'attribute',
  },
  marital_family: {
    title: 'marital or family status',
    severity: 'medium',
    kind: 'attribute',
    gdpr: '4(1)',
    ccpa: 'C',
    fides: 'demographic.marital_status',
    infoTypes: ['MARITAL_STATUS'],
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
    fides: 'workplace',
    infoTypes: ['EMPLOYMENT_STATUS'],
    guards: 'attribute',
  },
  child: {
    title: 'data about a child',
    severity: 'high',
    kind: 'direct',
    gdpr: '8',
    ccpa: 'A',
    fides: 'childrens',
    guards: 'identifier',
  },
  online_id: {
    title: 'online identifier',
    severity: 'medium',
    kind: 'pseudonymous',
    gdpr: '4(1), Rec. 30',
    hipaa: '13, 14, 15',
    ccpa: 'A, F',
    fides: 'device',
    presidio: ['IP_ADDRESS', 'MAC_ADDRESS'],
    infoTypes: ['ADVERTISING_ID', 'IMEI_HARDWARE_ID', 'IMSI_ID', 'IP_ADDRESS', 'MAC_ADDRESS'],
    guards: 'identifier',
  },
  vehicle_id: {
    title: 'vehicle identifier',
    severity: 'medium',
    kind: 'direct',
    gdpr: '4(1)',
    hipaa: '12',
    ccpa: 'A',
    fides: 'government_id.vehicle_registration',
    presidio: ['UK_VEHICLE_REGISTRATION', 'DE_KFZ'],
    infoTypes: ['VEHICLE_IDENTIFICATION_NUMBER'],
    guards: 'identifier',
  },
  pseudonymous_id: {
    title: 'pseudonymous identifier',
    severity: 'medium',
    kind: 'pseudonymous',
    gdpr: '4(5)',
    hipaa: '18',
    ccpa: 'A',
    fides: 'unique_id.pseudonymous',
    guards: 'identifier',
  },
  credential: {
    title: 'credential',
    severity: 'critical',
    kind: 'credential',
    gdpr: '32',
    ccpa: 'B, SPI',
    fides: 'authorization',
    infoTypes: ['AUTH_TOKEN', 'GCP_CREDENTIALS'],
    guards: 'credential',
  },
  media: {
    title: 'image or recording of a person',
    severity: 'medium',
    kind: 'content',
    gdpr: '4(1), 9',
    hipaa: '17',
    ccpa: 'H',
    fides: 'content.self_image',
    guards: 'text',
  },
  free_text: {
    title: 'free text about a person',
    severity: 'medium',
    kind: 'content',
    gdpr: '4(1), 9',
    hipaa: '17',
    ccpa: 'H, SPI',
    fides: 'content',
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
