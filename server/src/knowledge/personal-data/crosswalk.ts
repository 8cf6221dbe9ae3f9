import type { Category } from './categories.js';

/** Names of a category in other taxonomies, for tags of reports. */
export interface CrosswalkEntry {
  /** Key of the Fides taxonomy below `user.`, https://ethyca.github.io/fideslang/. */
  readonly fides?: string;
  /** Entity types of Microsoft Presidio between blanks, https://microsoft.github.io/presidio/supported_entities/. */
  readonly presidio?: string;
  /** infoTypes of Google Sensitive Data Protection between blanks, https://cloud.google.com/sensitive-data-protection/docs/infotypes-reference. */
  readonly infoTypes?: string;
}

/** Categories without an entry exist in none of the three: they are known by column name only. */
export const crosswalk: { readonly [category in Category]?: CrosswalkEntry } = {
  person_name: { fides: 'name', presidio: 'PERSON', infoTypes: 'PERSON_NAME' },
  gov_id: {
    fides: 'government_id',
    presidio:
      'US_SSN US_ITIN US_PASSPORT US_DRIVER_LICENSE UK_NINO DE_TAX_ID ES_NIF ES_NIE IT_FISCAL_CODE PL_PESEL IN_AADHAAR IN_PAN SG_NRIC_FIN KR_RRN SE_PERSONNUMMER FI_PERSONAL_IDENTITY_CODE TH_TNIN TR_NATIONAL_ID CA_SIN ZA_ID_NUMBER',
    infoTypes: 'US_SOCIAL_SECURITY_NUMBER BRAZIL_CPF_NUMBER MEXICO_CURP_NUMBER FRANCE_NIR DENMARK_CPR_NUMBER PASSPORT',
  },
  email: { fides: 'contact.email', presidio: 'EMAIL_ADDRESS', infoTypes: 'EMAIL_ADDRESS' },
  phone: { fides: 'contact.phone_number', presidio: 'PHONE_NUMBER', infoTypes: 'PHONE_NUMBER' },
  postal_address: { fides: 'contact.address.street', presidio: 'LOCATION', infoTypes: 'STREET_ADDRESS' },
  coarse_geo: { fides: 'location.imprecise', presidio: 'LOCATION UK_POSTCODE DE_PLZ', infoTypes: 'LOCATION' },
  precise_location: { fides: 'location.precise', presidio: 'LOCATION', infoTypes: 'LOCATION_COORDINATES' },
  dob: { fides: 'demographic.date_of_birth', presidio: 'DATE_TIME', infoTypes: 'DATE_OF_BIRTH' },
  age: { fides: 'demographic.age_range', presidio: 'DATE_TIME', infoTypes: 'AGE' },
  dates: { presidio: 'DATE_TIME' },
  sex_gender: { fides: 'demographic.gender', infoTypes: 'GENDER' },
  race_ethnicity: { fides: 'demographic.race_ethnicity', presidio: 'NRP', infoTypes: 'ETHNIC_GROUP' },
  nationality_origin: { fides: 'government_id.immigration', presidio: 'NRP', infoTypes: 'IMMIGRATION_STATUS' },
  religion: { fides: 'demographic.religious_belief', presidio: 'NRP', infoTypes: 'RELIGIOUS_TERM' },
  political: { fides: 'demographic.political_opinion', presidio: 'NRP', infoTypes: 'POLITICAL_TERM' },
  union: { infoTypes: 'TRADE_UNION' },
  sex_life: { fides: 'demographic.sexual_orientation', infoTypes: 'SEXUAL_ORIENTATION' },
  health: {
    fides: 'health_and_medical',
    presidio: 'MEDICAL_DISEASE_DISORDER MEDICAL_MEDICATION',
    infoTypes: 'MEDICAL_TERM BLOOD_TYPE',
  },
  genetic: { fides: 'health_and_medical.genetic' },
  biometric: { fides: 'biometric' },
  medical_record_id: {
    fides: 'health_and_medical.record_id',
    presidio: 'US_NPI UK_NHS AU_MEDICARE MEDICAL_LICENSE',
    infoTypes: 'MEDICAL_RECORD_NUMBER',
  },
  insurance_id: {
    fides: 'health_and_medical.insurance_beneficiary_id',
    presidio: 'US_MBI DE_HEALTH_INSURANCE',
    infoTypes: 'CANADA_OHIP',
  },
  payment_card: { fides: 'financial.credit_card', presidio: 'CREDIT_CARD', infoTypes: 'CREDIT_CARD_NUMBER CVV_NUMBER' },
  bank_account: {
    fides: 'financial.bank_account',
    presidio: 'IBAN_CODE US_BANK_NUMBER',
    infoTypes: 'FINANCIAL_ACCOUNT_NUMBER',
  },
  income: { fides: 'financial' },
  credit_financial: { fides: 'financial' },
  criminal: { fides: 'criminal_history', infoTypes: 'CRIME_STATUS' },
  marital_family: { fides: 'demographic.marital_status', infoTypes: 'MARITAL_STATUS' },
  employment: { fides: 'workplace', infoTypes: 'EMPLOYMENT_STATUS' },
  child: { fides: 'childrens' },
  online_id: {
    fides: 'device',
    presidio: 'IP_ADDRESS MAC_ADDRESS',
    infoTypes: 'ADVERTISING_ID IMEI_HARDWARE_ID IMSI_ID IP_ADDRESS MAC_ADDRESS',
  },
  vehicle_id: {
    fides: 'government_id.vehicle_registration',
    presidio: 'UK_VEHICLE_REGISTRATION DE_KFZ',
    infoTypes: 'VEHICLE_IDENTIFICATION_NUMBER',
  },
  pseudonymous_id: { fides: 'unique_id.pseudonymous' },
  credential: { fides: 'authorization', infoTypes: 'AUTH_TOKEN GCP_CREDENTIALS' },
  media: { fides: 'content.self_image' },
  free_text: { fides: 'content' },
};
