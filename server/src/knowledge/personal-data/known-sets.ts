import type { Category } from './categories.js';

/** A public data set recognised by its header. Column names are written as in the original file, commas separate. */
export interface KnownSet {
  readonly id: string;
  /** Words for messages: "Titanic passenger list". */
  readonly title: string;
  /** Columns that decide; at least `atLeast` of them must be in the header (default: four fifths, rounded up). */
  readonly deciding: string;
  readonly atLeast?: number;
  readonly sensitive: { readonly [category in Category]?: string };
  /** Columns that look personal and are not. */
  readonly silent?: string;
  /** Weak words and coordinates in this set never mean people. */
  readonly negative?: true;
  /** Historic or public records: report at the lowest level. */
  readonly publicRecord?: true;
}

/** Headers as published by Kaggle, the UCI repository, ProPublica, PhysioNet, OpenML and scikit-learn. */
export const knownSets: readonly KnownSet[] = [
  {
    id: 'titanic',
    title: 'Titanic passenger list',
    deciding: 'PassengerId, Survived, Pclass, SibSp, Parch, Embarked',
    atLeast: 3,
    sensitive: { person_name: 'Name', sex_gender: 'Sex', age: 'Age', pseudonymous_id: 'PassengerId' },
    publicRecord: true,
  },
  {
    id: 'adult',
    title: 'Adult (census income)',
    deciding: 'fnlwgt, workclass, education-num, hours-per-week, native-country',
    sensitive: {
      race_ethnicity: 'race',
      sex_gender: 'sex, gender',
      age: 'age',
      marital_family: 'marital-status, relationship',
      nationality_origin: 'native-country',
      income: 'capital-gain, capital-loss, income, class',
      education: 'education, education-num, educational-num',
      employment: 'occupation, workclass',
    },
  },
  {
    id: 'compas',
    title: 'COMPAS recidivism scores',
    deciding: 'decile_score, juv_fel_count, c_charge_degree, two_year_recid',
    atLeast: 3,
    sensitive: {
      person_name: 'name, first, last',
      dob: 'dob',
      age: 'age, age_cat',
      race_ethnicity: 'race',
      sex_gender: 'sex',
      pseudonymous_id: 'id',
      criminal:
        'decile_score, juv_fel_count, juv_misd_count, juv_other_count, priors_count, c_charge_degree, c_charge_desc, c_case_number, ' +
        'c_offense_date, c_arrest_date, c_jail_in, c_jail_out, r_case_number, r_charge_degree, r_charge_desc, r_offense_date, r_jail_in, ' +
        'r_jail_out, vr_case_number, vr_charge_degree, vr_charge_desc, vr_offense_date, is_recid, is_violent_recid, two_year_recid, score_text, ' +
        'v_decile_score, v_score_text, in_custody, out_custody, violent_recid, num_r_cases, num_vr_cases, r_days_from_arrest, c_days_from_compas',
    },
  },
  {
    id: 'uci-credit-default',
    title: 'UCI default of credit card clients',
    deciding: 'LIMIT_BAL, PAY_0, BILL_AMT1',
    sensitive: {
      pseudonymous_id: 'ID',
      sex_gender: 'SEX',
      education: 'EDUCATION',
      marital_family: 'MARRIAGE',
      age: 'AGE',
      credit_financial:
        'LIMIT_BAL, PAY_0, PAY_2, PAY_3, PAY_4, PAY_5, PAY_6, BILL_AMT1, BILL_AMT2, BILL_AMT3, BILL_AMT4, BILL_AMT5, BILL_AMT6, ' +
        'PAY_AMT1, PAY_AMT2, PAY_AMT3, PAY_AMT4, PAY_AMT5, PAY_AMT6, default payment next month, default.payment.next.month',
    },
  },
  {
    id: 'home-credit',
    title: 'Home Credit default risk',
    deciding: 'SK_ID_CURR, AMT_CREDIT, DAYS_BIRTH, EXT_SOURCE_1',
    atLeast: 3,
    sensitive: {
      pseudonymous_id: 'SK_ID_CURR',
      sex_gender: 'CODE_GENDER',
      dob: 'DAYS_BIRTH',
      marital_family: 'CNT_CHILDREN, NAME_FAMILY_STATUS, CNT_FAM_MEMBERS',
      income: 'AMT_INCOME_TOTAL, NAME_INCOME_TYPE',
      credit_financial: 'AMT_CREDIT, AMT_ANNUITY',
      education: 'NAME_EDUCATION_TYPE',
      employment: 'OCCUPATION_TYPE, DAYS_EMPLOYED, ORGANIZATION_TYPE',
    },
    silent: 'NAME_CONTRACT_TYPE, NAME_TYPE_SUITE, NAME_HOUSING_TYPE, FLAG_OWN_REALTY, OWN_CAR_AGE',
  },
  {
    id: 'lending-club',
    title: 'Lending Club loans',
    deciding: 'loan_amnt, int_rate, emp_title, addr_state, dti',
    sensitive: {
      income: 'annual_inc',
      employment: 'emp_title, emp_length',
      coarse_geo: 'zip_code, addr_state',
      credit_financial: 'dti, pub_rec, loan_status, delinq_2yrs',
      pseudonymous_id: 'member_id, id',
    },
    silent: 'title, url, desc',
  },
  {
    id: 'bank-churn',
    title: 'bank customer churn',
    deciding: 'RowNumber, CustomerId, Surname, CreditScore, Geography',
    sensitive: {
      person_name: 'Surname',
      pseudonymous_id: 'CustomerId',
      sex_gender: 'Gender',
      age: 'Age',
      income: 'EstimatedSalary',
      credit_financial: 'CreditScore, Balance',
      coarse_geo: 'Geography',
    },
  },
  {
    id: 'telco-churn',
    title: 'Telco customer churn',
    deciding: 'customerID, tenure, PaperlessBilling, MonthlyCharges',
    atLeast: 3,
    sensitive: {
      pseudonymous_id: 'customerID',
      sex_gender: 'gender',
      age: 'SeniorCitizen',
      marital_family: 'Partner, Dependents',
    },
    silent: 'PhoneService, Contract, MultipleLines, PaymentMethod, PaperlessBilling',
  },
  {
    id: 'ibm-attrition',
    title: 'IBM employee attrition',
    deciding: 'EmployeeNumber, MonthlyIncome, OverTime, JobLevel',
    atLeast: 3,
    sensitive: {
      pseudonymous_id: 'EmployeeNumber',
      age: 'Age',
      sex_gender: 'Gender',
      marital_family: 'MaritalStatus',
      income: 'MonthlyIncome, DailyRate, HourlyRate, MonthlyRate, PercentSalaryHike',
      education: 'Education, EducationField',
      employment: 'Attrition, JobRole, JobLevel, Department, PerformanceRating',
    },
    silent: 'EmployeeCount, Over18, StandardHours',
  },
  {
    id: 'heart',
    title: 'UCI heart disease',
    deciding: 'trestbps, thalach, oldpeak',
    atLeast: 2,
    sensitive: {
      age: 'age',
      sex_gender: 'sex',
      health:
        'cp, trestbps, chol, fbs, restecg, thalach, exang, oldpeak, slope, ca, thal, num, target, condition, output',
    },
  },
  {
    id: 'pima',
    title: 'Pima Indians diabetes',
    deciding: 'DiabetesPedigreeFunction',
    sensitive: {
      health: 'Pregnancies, Glucose, BloodPressure, SkinThickness, Insulin, BMI, DiabetesPedigreeFunction, Outcome',
      age: 'Age',
    },
  },
  {
    id: 'stroke',
    title: 'stroke prediction',
    deciding: 'avg_glucose_level, ever_married',
    sensitive: {
      pseudonymous_id: 'id',
      sex_gender: 'gender',
      age: 'age',
      marital_family: 'ever_married',
      employment: 'work_type',
      health: 'hypertension, heart_disease, avg_glucose_level, bmi, smoking_status, stroke',
    },
    silent: 'Residence_type',
  },
  {
    id: 'diabetes-130',
    title: 'diabetes in 130 US hospitals',
    deciding: 'encounter_id, patient_nbr, A1Cresult, readmitted',
    atLeast: 3,
    sensitive: {
      medical_record_id: 'patient_nbr, encounter_id',
      race_ethnicity: 'race',
      sex_gender: 'gender',
      age: 'age',
      health:
        'weight, diag_1, diag_2, diag_3, A1Cresult, max_glu_serum, insulin, diabetesMed, metformin, number_diagnoses, num_medications',
      insurance_id: 'payer_code',
      dates: 'time_in_hospital',
    },
    silent: 'admission_type_id, discharge_disposition_id, admission_source_id, medical_specialty',
  },
  {
    id: 'mimic',
    title: 'MIMIC hospital records',
    deciding: 'subject_id, hadm_id',
    sensitive: {
      medical_record_id: 'subject_id, hadm_id, icustay_id, stay_id, transfer_id',
      dob: 'dob, anchor_year',
      age: 'anchor_age',
      dates:
        'dod, dod_hosp, dod_ssn, admittime, dischtime, deathtime, intime, outtime, charttime, edregtime, edouttime',
      sex_gender: 'gender',
      race_ethnicity: 'ethnicity, race',
      religion: 'religion',
      marital_family: 'marital_status',
      insurance_id: 'insurance',
      health: 'icd_code, icd9_code, diagnosis',
      free_text: 'text',
    },
    silent:
      'row_id, seq_num, icd_version, admission_type, admission_location, discharge_location, admit_provider_id, language',
  },
  {
    id: 'german-credit',
    title: 'German credit',
    deciding:
      'checking_status, savings_status, personal_status, installment_commitment, property_magnitude, own_telephone',
    atLeast: 4,
    sensitive: {
      age: 'age',
      sex_gender: 'personal_status, sex',
      credit_financial: 'credit_history, credit_amount, checking_status, savings_status, class',
      employment: 'employment, job',
      nationality_origin: 'foreign_worker',
      marital_family: 'num_dependents',
      phone: 'own_telephone',
    },
  },
  {
    id: 'bank-marketing',
    title: 'UCI bank marketing',
    deciding: 'pdays, previous, poutcome, campaign, duration',
    atLeast: 4,
    sensitive: {
      age: 'age',
      employment: 'job',
      marital_family: 'marital',
      education: 'education',
      income: 'balance',
      credit_financial: 'default, housing, loan',
    },
    silent: 'contact',
  },
  {
    id: 'california-housing',
    title: 'California housing districts',
    deciding: 'median_house_value, housing_median_age, total_bedrooms',
    atLeast: 1,
    sensitive: {},
    negative: true,
  },
  {
    id: 'california-housing-sklearn',
    title: 'California housing districts',
    deciding: 'MedInc, HouseAge, AveRooms, AveBedrms, AveOccup',
    atLeast: 3,
    sensitive: {},
    negative: true,
  },
  {
    id: 'ames',
    title: 'Ames house sales',
    deciding: '3SsnPorch, GrLivArea, OverallQual, LotFrontage',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'king-county',
    title: 'King County house sales',
    deciding: 'sqft_living, sqft_lot, yr_renovated, waterfront',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'boston',
    title: 'Boston housing tracts',
    deciding: 'CRIM, INDUS, NOX, PTRATIO, LSTAT, MEDV',
    atLeast: 4,
    sensitive: {},
    negative: true,
  },
  {
    id: 'penguins',
    title: 'Palmer penguins',
    deciding: 'bill_length_mm, bill_depth_mm, culmen_length_mm, culmen_depth_mm, flipper_length_mm',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'abalone',
    title: 'abalone',
    deciding: 'Shucked weight, Viscera weight, Shell weight, Rings',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'mpg',
    title: 'car fuel consumption',
    deciding: 'displacement, horsepower, cylinders, mpg',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'iris',
    title: 'iris flowers',
    deciding: 'petal_width, petal_length, sepal_width, sepal_length, PetalWidthCm, SepalWidthCm',
    atLeast: 1,
    sensitive: {},
    negative: true,
  },
  {
    id: 'wine',
    title: 'wine chemistry',
    deciding: 'volatile acidity, residual sugar, malic_acid, proline',
    atLeast: 1,
    sensitive: {},
    negative: true,
  },
  {
    id: 'diamonds',
    title: 'diamond prices',
    deciding: 'carat, cut, clarity',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'pokemon',
    title: 'Pokémon',
    deciding: 'Sp. Atk, Sp. Def, Type 1, Legendary',
    atLeast: 2,
    sensitive: {},
    negative: true,
  },
  {
    id: 'formula-one',
    title: 'Formula 1 results',
    deciding: 'raceId, constructorId, circuitId, driverId, Record Owner, Race Date',
    atLeast: 2,
    sensitive: {
      person_name: 'Driver, Record Owner, forename, surname',
      dob: 'Date of Birth, dob',
      coarse_geo: 'Place of Birth',
      nationality_origin: 'nationality',
    },
    negative: true,
    publicRecord: true,
  },
];
