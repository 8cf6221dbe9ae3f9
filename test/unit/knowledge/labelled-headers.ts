import type { Category } from '../../../server/src/knowledge/personal-data/index.js';

export interface LabelledHeader {
  readonly name: string;
  readonly columns: string;
  readonly container?: string;
  /** Columns that hold personal data, by category; every other column must stay silent. */
  readonly personal: { readonly [category in Category]?: string };
}

/** Headers of public data sets as their files spell them, labelled by hand. */
export const labelledHeaders: readonly LabelledHeader[] = [
  {
    name: 'Titanic',
    columns: 'PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked',
    personal: { pseudonymous_id: 'PassengerId', person_name: 'Name', sex_gender: 'Sex', age: 'Age' },
  },
  {
    name: 'Adult',
    columns:
      'age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,capital-gain,capital-loss,hours-per-week,native-country,income',
    personal: {
      age: 'age',
      education: 'education,education-num',
      marital_family: 'marital-status,relationship',
      employment: 'occupation,workclass',
      race_ethnicity: 'race',
      sex_gender: 'sex',
      income: 'capital-gain,capital-loss,income',
      nationality_origin: 'native-country',
    },
  },
  {
    name: 'Adult, dotted',
    columns:
      'age,workclass,fnlwgt,education,education.num,marital.status,occupation,relationship,race,sex,capital.gain,capital.loss,hours.per.week,native.country,income',
    personal: {
      age: 'age',
      education: 'education,education.num',
      marital_family: 'marital.status,relationship',
      employment: 'occupation,workclass',
      race_ethnicity: 'race',
      sex_gender: 'sex',
      income: 'capital.gain,capital.loss,income',
      nationality_origin: 'native.country',
    },
  },
  {
    name: 'COMPAS',
    columns:
      'id,name,first,last,compas_screening_date,sex,dob,age,age_cat,race,juv_fel_count,decile_score,juv_misd_count,juv_other_count,priors_count,days_b_screening_arrest,c_jail_in,c_jail_out,c_case_number,c_offense_date,c_arrest_date,c_charge_degree,c_charge_desc,is_recid,two_year_recid',
    personal: {
      pseudonymous_id: 'id',
      person_name: 'name,first,last',
      sex_gender: 'sex',
      dob: 'dob',
      age: 'age,age_cat',
      race_ethnicity: 'race',
      criminal:
        'juv_fel_count,decile_score,juv_misd_count,juv_other_count,priors_count,days_b_screening_arrest,c_jail_in,c_jail_out,c_case_number,c_offense_date,c_arrest_date,c_charge_degree,c_charge_desc,is_recid,two_year_recid',
    },
  },
  {
    name: 'UCI credit default',
    columns:
      'ID,LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,PAY_0,PAY_2,PAY_3,BILL_AMT1,BILL_AMT2,PAY_AMT1,PAY_AMT2,default.payment.next.month',
    personal: {
      pseudonymous_id: 'ID',
      sex_gender: 'SEX',
      education: 'EDUCATION',
      marital_family: 'MARRIAGE',
      age: 'AGE',
      credit_financial: 'LIMIT_BAL,PAY_0,PAY_2,PAY_3,BILL_AMT1,BILL_AMT2,PAY_AMT1,PAY_AMT2,default.payment.next.month',
    },
  },
  {
    name: 'Home Credit application_train',
    columns:
      'SK_ID_CURR,TARGET,NAME_CONTRACT_TYPE,CODE_GENDER,FLAG_OWN_CAR,FLAG_OWN_REALTY,CNT_CHILDREN,AMT_INCOME_TOTAL,AMT_CREDIT,AMT_ANNUITY,AMT_GOODS_PRICE,NAME_TYPE_SUITE,NAME_INCOME_TYPE,NAME_EDUCATION_TYPE,NAME_FAMILY_STATUS,NAME_HOUSING_TYPE,REGION_POPULATION_RELATIVE,DAYS_BIRTH,DAYS_EMPLOYED,DAYS_REGISTRATION,DAYS_ID_PUBLISH,OWN_CAR_AGE,FLAG_MOBIL,FLAG_EMP_PHONE,FLAG_WORK_PHONE,FLAG_CONT_MOBILE,FLAG_PHONE,FLAG_EMAIL,OCCUPATION_TYPE,CNT_FAM_MEMBERS,REGION_RATING_CLIENT,WEEKDAY_APPR_PROCESS_START,REG_CITY_NOT_LIVE_CITY,ORGANIZATION_TYPE,EXT_SOURCE_1,EXT_SOURCE_2,APARTMENTS_AVG,DAYS_LAST_PHONE_CHANGE,FLAG_DOCUMENT_2',
    personal: {
      pseudonymous_id: 'SK_ID_CURR',
      sex_gender: 'CODE_GENDER',
      marital_family: 'CNT_CHILDREN,NAME_FAMILY_STATUS,CNT_FAM_MEMBERS',
      income: 'AMT_INCOME_TOTAL,NAME_INCOME_TYPE',
      education: 'NAME_EDUCATION_TYPE',
      dob: 'DAYS_BIRTH',
      employment: 'DAYS_EMPLOYED,OCCUPATION_TYPE,ORGANIZATION_TYPE',
      credit_financial: 'AMT_CREDIT,AMT_ANNUITY',
    },
  },
  {
    name: 'Lending Club',
    columns:
      'id,member_id,loan_amnt,funded_amnt,term,int_rate,installment,grade,sub_grade,emp_title,emp_length,home_ownership,annual_inc,verification_status,issue_d,loan_status,pymnt_plan,url,purpose,title,zip_code,addr_state,dti,delinq_2yrs,open_acc,pub_rec,revol_bal,revol_util,total_acc',
    personal: {
      pseudonymous_id: 'id,member_id',
      employment: 'emp_title,emp_length',
      income: 'annual_inc',
      coarse_geo: 'zip_code,addr_state',
      credit_financial: 'loan_status,dti,delinq_2yrs,pub_rec',
    },
  },
  {
    name: 'Bank churn',
    columns:
      'RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Tenure,Balance,NumOfProducts,HasCrCard,IsActiveMember,EstimatedSalary,Exited',
    personal: {
      pseudonymous_id: 'CustomerId',
      person_name: 'Surname',
      credit_financial: 'CreditScore,Balance',
      coarse_geo: 'Geography',
      sex_gender: 'Gender',
      age: 'Age',
      income: 'EstimatedSalary',
    },
  },
  {
    name: 'Telco churn',
    columns:
      'customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn',
    personal: {
      pseudonymous_id: 'customerID',
      sex_gender: 'gender',
      age: 'SeniorCitizen',
      marital_family: 'Partner,Dependents',
    },
  },
  {
    name: 'IBM attrition',
    columns:
      '\uFEFFAge,Attrition,BusinessTravel,DailyRate,Department,DistanceFromHome,Education,EducationField,EmployeeCount,EmployeeNumber,EnvironmentSatisfaction,Gender,HourlyRate,JobInvolvement,JobLevel,JobRole,JobSatisfaction,MaritalStatus,MonthlyIncome,MonthlyRate,NumCompaniesWorked,Over18,OverTime,PercentSalaryHike,PerformanceRating,RelationshipSatisfaction,StandardHours,StockOptionLevel,TotalWorkingYears,TrainingTimesLastYear,WorkLifeBalance,YearsAtCompany,YearsInCurrentRole,YearsSinceLastPromotion,YearsWithCurrManager',
    personal: {
      age: '\uFEFFAge',
      employment: 'Attrition,Department,JobLevel,JobRole,PerformanceRating',
      income: 'DailyRate,HourlyRate,MonthlyIncome,MonthlyRate,PercentSalaryHike',
      education: 'Education,EducationField',
      pseudonymous_id: 'EmployeeNumber',
      sex_gender: 'Gender',
      marital_family: 'MaritalStatus',
    },
  },
  {
    name: 'Heart disease',
    columns: 'age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,target',
    personal: {
      age: 'age',
      sex_gender: 'sex',
      health: 'cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,target',
    },
  },
  {
    name: 'Pima diabetes',
    columns: 'Pregnancies,Glucose,BloodPressure,SkinThickness,Insulin,BMI,DiabetesPedigreeFunction,Age,Outcome',
    personal: {
      age: 'Age',
      health: 'Pregnancies,Glucose,BloodPressure,SkinThickness,Insulin,BMI,DiabetesPedigreeFunction,Outcome',
    },
  },
  {
    name: 'Stroke',
    columns:
      'id,gender,age,hypertension,heart_disease,ever_married,work_type,Residence_type,avg_glucose_level,bmi,smoking_status,stroke',
    personal: {
      pseudonymous_id: 'id',
      sex_gender: 'gender',
      age: 'age',
      marital_family: 'ever_married',
      employment: 'work_type',
      health: 'hypertension,heart_disease,avg_glucose_level,bmi,smoking_status,stroke',
    },
  },
  {
    name: 'Diabetes 130 hospitals',
    columns:
      'encounter_id,patient_nbr,race,gender,age,weight,admission_type_id,discharge_disposition_id,admission_source_id,time_in_hospital,payer_code,medical_specialty,num_lab_procedures,num_procedures,num_medications,number_outpatient,number_emergency,number_inpatient,diag_1,diag_2,diag_3,number_diagnoses,max_glu_serum,A1Cresult,metformin,insulin,change,diabetesMed,readmitted',
    personal: {
      medical_record_id: 'encounter_id,patient_nbr',
      race_ethnicity: 'race',
      sex_gender: 'gender',
      age: 'age',
      health:
        'weight,num_medications,diag_1,diag_2,diag_3,number_diagnoses,max_glu_serum,A1Cresult,metformin,insulin,diabetesMed',
      insurance_id: 'payer_code',
      dates: 'time_in_hospital',
    },
  },
  {
    name: 'MIMIC-IV admissions',
    container: 'admissions',
    columns:
      'subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,admission_location,discharge_location,insurance,language,marital_status,race,edregtime,edouttime,hospital_expire_flag',
    personal: {
      medical_record_id: 'subject_id,hadm_id',
      dates: 'admittime,dischtime,deathtime,edregtime,edouttime',
      insurance_id: 'insurance',
      marital_family: 'marital_status',
      race_ethnicity: 'race',
    },
  },
  {
    name: 'MIMIC-IV patients',
    container: 'patients',
    columns: 'subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod',
    personal: { medical_record_id: 'subject_id', sex_gender: 'gender', age: 'anchor_age', dates: 'dod' },
  },
  {
    name: 'MIMIC-III diagnoses',
    columns: 'row_id,subject_id,hadm_id,seq_num,icd9_code',
    personal: { medical_record_id: 'subject_id,hadm_id', health: 'icd9_code' },
  },
  {
    name: 'MIMIC icd dictionary',
    container: 'd_icd_diagnoses',
    columns: 'icd_code,icd_version,long_title',
    personal: {},
  },
  {
    name: 'German credit (OpenML)',
    columns:
      'checking_status,duration,credit_history,purpose,credit_amount,savings_status,employment,installment_commitment,personal_status,other_parties,residence_since,property_magnitude,age,other_payment_plans,housing,existing_credits,job,num_dependents,own_telephone,foreign_worker,class',
    personal: {
      credit_financial: 'checking_status,credit_history,credit_amount,savings_status,class',
      employment: 'employment,job',
      sex_gender: 'personal_status',
      age: 'age',
      marital_family: 'num_dependents',
      phone: 'own_telephone',
      nationality_origin: 'foreign_worker',
    },
  },
  {
    name: 'Bank marketing',
    columns:
      'age,job,marital,education,default,balance,housing,loan,contact,day,month,duration,campaign,pdays,previous,poutcome,y',
    personal: {
      age: 'age',
      employment: 'job',
      marital_family: 'marital',
      education: 'education',
      credit_financial: 'default,housing,loan',
      income: 'balance',
    },
  },
  {
    name: 'Medical cost',
    columns: 'age,sex,bmi,children,smoker,region,charges',
    personal: { age: 'age', sex_gender: 'sex', health: 'bmi,smoker', marital_family: 'children', coarse_geo: 'region' },
  },
  {
    name: 'Synthea patients',
    container: 'patients',
    columns:
      'Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,ZIP,LAT,LON,HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE',
    personal: {
      pseudonymous_id: 'Id',
      dob: 'BIRTHDATE',
      dates: 'DEATHDATE',
      gov_id: 'SSN,PASSPORT,DRIVERS',
      person_name: 'FIRST,LAST,MAIDEN',
      marital_family: 'MARITAL',
      race_ethnicity: 'RACE,ETHNICITY',
      nationality_origin: 'ETHNICITY',
      sex_gender: 'GENDER',
      coarse_geo: 'BIRTHPLACE,CITY,STATE,COUNTY,ZIP',
      postal_address: 'ADDRESS',
      precise_location: 'LAT,LON',
    },
  },
  {
    name: 'Synthea organizations',
    container: 'organizations',
    columns: 'Id,NAME,ADDRESS,CITY,STATE,ZIP,LAT,LON,PHONE,REVENUE,UTILIZATION',
    personal: {},
  },
  {
    name: 'Card fraud (Sparkov)',
    columns:
      'trans_date_trans_time,cc_num,merchant,category,amt,first,last,gender,street,city,state,zip,lat,long,city_pop,job,dob,trans_num,unix_time,merch_lat,merch_long,is_fraud',
    personal: {
      payment_card: 'cc_num',
      person_name: 'first,last',
      sex_gender: 'gender',
      postal_address: 'street',
      coarse_geo: 'city,state,zip',
      precise_location: 'lat,long',
      employment: 'job',
      dob: 'dob',
    },
  },
  {
    name: 'Student performance',
    columns:
      'gender,race/ethnicity,parental level of education,lunch,test preparation course,math score,reading score,writing score',
    personal: { sex_gender: 'gender', race_ethnicity: 'race/ethnicity', education: 'parental level of education' },
  },
  {
    name: 'Mall customers',
    columns: 'CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)',
    personal: { pseudonymous_id: 'CustomerID', sex_gender: 'Gender', age: 'Age', income: 'Annual Income (k$)' },
  },
  {
    name: 'Web sign-ups',
    container: 'users',
    columns: 'id,first_name,last_name,email,phone_number,ip_address,password_hash,date_of_birth,created_at,is_active',
    personal: {
      pseudonymous_id: 'id',
      person_name: 'first_name,last_name',
      email: 'email',
      phone: 'phone_number',
      online_id: 'ip_address',
      credential: 'password_hash',
      dob: 'date_of_birth',
    },
  },
  {
    name: 'MovieLens users',
    columns: 'user_id,age,sex,occupation,zip_code',
    personal: {
      pseudonymous_id: 'user_id',
      age: 'age',
      sex_gender: 'sex',
      employment: 'occupation',
      coarse_geo: 'zip_code',
    },
  },
  {
    name: 'NYC taxi',
    columns:
      'id,vendor_id,pickup_datetime,dropoff_datetime,passenger_count,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,store_and_fwd_flag,trip_duration',
    personal: { precise_location: 'pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude' },
  },
  {
    name: 'California housing',
    columns:
      'longitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,households,median_income,median_house_value,ocean_proximity',
    personal: {},
  },
  {
    name: 'California housing (scikit-learn)',
    columns: 'MedInc,HouseAge,AveRooms,AveBedrms,Population,AveOccup,Latitude,Longitude,MedHouseVal',
    personal: {},
  },
  {
    name: 'Ames',
    columns:
      'Id,MSSubClass,MSZoning,LotFrontage,LotArea,Street,Alley,LotShape,Neighborhood,Condition1,BldgType,HouseStyle,OverallQual,OverallCond,YearBuilt,YearRemodAdd,Exterior1st,Foundation,BsmtQual,TotalBsmtSF,Heating,1stFlrSF,GrLivArea,FullBath,GarageType,GarageYrBlt,GarageCars,OpenPorchSF,EnclosedPorch,3SsnPorch,ScreenPorch,PoolArea,MiscFeature,MoSold,YrSold,SaleType,SaleCondition,SalePrice',
    personal: {},
  },
  {
    name: 'King County',
    columns:
      'id,date,price,bedrooms,bathrooms,sqft_living,sqft_lot,floors,waterfront,view,condition,grade,yr_built,yr_renovated,zipcode,lat,long,sqft_living15',
    personal: {},
  },
  { name: 'Boston', columns: 'CRIM,ZN,INDUS,CHAS,NOX,RM,AGE,DIS,RAD,TAX,PTRATIO,B,LSTAT,MEDV', personal: {} },
  {
    name: 'Penguins',
    columns: 'species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year',
    personal: {},
  },
  {
    name: 'Abalone',
    columns: 'Sex,Length,Diameter,Height,Whole weight,Shucked weight,Viscera weight,Shell weight,Rings',
    personal: {},
  },
  {
    name: 'mpg',
    columns: 'mpg,cylinders,displacement,horsepower,weight,acceleration,model_year,origin,name',
    personal: {},
  },
  { name: 'Iris', columns: 'Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species', personal: {} },
  {
    name: 'Wine quality',
    columns:
      'fixed acidity,volatile acidity,citric acid,residual sugar,chlorides,free sulfur dioxide,total sulfur dioxide,density,pH,sulphates,alcohol,quality',
    personal: {},
  },
  { name: 'Diamonds', columns: 'carat,cut,color,clarity,depth,table,price,x,y,z', personal: {} },
  {
    name: 'Pokémon',
    columns: '#,Name,Type 1,Type 2,Total,HP,Attack,Defense,Sp. Atk,Sp. Def,Speed,Generation,Legendary',
    personal: {},
  },
  {
    name: 'F1 results',
    columns:
      'resultId,raceId,driverId,constructorId,number,grid,position,positionText,positionOrder,points,laps,time,milliseconds,fastestLap,rank,statusId',
    personal: {},
  },
  { name: 'F1 races', columns: 'raceId,year,round,circuitId,name,date,time,url', personal: {} },
  {
    name: 'Rossmann stores',
    columns:
      'Store,DayOfWeek,Date,Sales,Customers,Open,Promo,StateHoliday,SchoolHoliday,StoreType,Assortment,CompetitionDistance',
    personal: {},
  },
  {
    name: 'COVID by country',
    columns: 'Province/State,Country/Region,Lat,Long,Date,Confirmed,Deaths,Recovered,Active',
    personal: {},
  },
  { name: 'MovieLens movies', columns: 'movieId,title,genres', personal: {} },
  {
    name: 'Spotify tracks',
    columns:
      'track_id,artists,album_name,track_name,popularity,duration_ms,explicit,danceability,energy,key,loudness,mode,tempo,track_genre',
    personal: {},
  },
  {
    name: 'Video games',
    columns: 'Rank,Name,Platform,Year,Genre,Publisher,NA_Sales,EU_Sales,JP_Sales,Other_Sales,Global_Sales',
    personal: {},
  },
  { name: 'Gapminder', columns: 'country,continent,year,lifeExp,pop,gdpPercap', personal: {} },
  {
    name: 'World cities',
    columns: 'city,city_ascii,lat,lng,country,iso2,iso3,admin_name,capital,population,id',
    personal: {},
  },
  {
    name: 'Bike sharing',
    columns:
      'instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed,casual,registered,cnt',
    personal: {},
  },
  { name: 'Credit card fraud (PCA)', columns: 'Time,V1,V2,V3,V4,V5,Amount,Class', personal: {} },
  { name: 'Sunspots', columns: 'year,month,ssn,deviation,observations', personal: {} },
  { name: 'SMS spam', columns: 'label,text', personal: {} },
  { name: 'GLUE MRPC', columns: 'sentence1,sentence2,label,idx', personal: {} },
  { name: 'SQuAD', columns: 'id,title,context,question,answers', personal: {} },
  { name: 'Instruction tuning', columns: 'instruction,input,output,text', personal: {} },
  { name: 'Stock prices', columns: 'Date,Open,High,Low,Close,Volume,Name', personal: {} },
  { name: 'Store sales', columns: 'store_nbr,city,state,type,cluster,family,onpromotion,transactions', personal: {} },
  {
    name: 'Mushrooms',
    columns: 'class,cap-shape,cap-surface,bruises,odor,gill-attachment,stalk-root,ring-type,habitat,population',
    personal: {},
  },
  {
    name: 'Zip statistics',
    container: 'zip_wages',
    columns: 'total_wages,avg_income,num_returns,city_pop',
    personal: {},
  },
];
