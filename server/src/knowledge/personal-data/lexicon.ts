import type { Category } from './categories.js';

/**
 * When a weak name may be reported.
 * `person`: siblings or the container say that rows are people. `family`: that, and a sibling of the same family
 * (finance, employment, health, education). `container`: a person-like container alone. `geo`: a person-like
 * container or another geographic column. `surname`: a person-like container or a matching last/first name column.
 * `trip`: person evidence and a licence, trip or birth sibling. `health`: a health container or health siblings.
 */
export type WeakNeed = 'person' | 'family' | 'container' | 'geo' | 'surname' | 'trip' | 'health';

export interface WeakWords {
  readonly need: WeakNeed;
  /** Phrases between commas, in words as `normalizeName` gives them; `{a|b}` expands. */
  readonly phrases: string;
  /** A category value may follow: `Sex_male`, `job_admin`. */
  readonly oneHot?: true;
  /** Words that make a sibling header (any one token) refute the reading: a motor race, grammatical gender. */
  readonly refutedBy?: string;
}

export interface LexiconEntry {
  /** Phrases between commas whose name alone suffices: adjacent tokens as `normalizeName` gives them, `{a|b}` expands. */
  readonly strong: string;
  /** Pairs of tokens that may stand apart: both present suffices. */
  readonly both?: readonly (readonly [string, string])[];
  readonly weak?: readonly WeakWords[];
}

const people =
  'patient|customer|passenger|employee|student|applicant|cardholder|subscriber|donor|borrower|' +
  'guest|doctor|physician|nurse|teacher|father|mother|parent|spouse|owner|buyer|worker|beneficiary|' +
  'recipient|voter|defendant|inmate|victim|respondent|participant|person|member|holder|insured|' +
  'candidate|claimant|policyholder';
const who = `{${people}}`;
const idWord = '{id|uuid|guid|uid|no|number|nbr|nr}';

/**
 * Tokens per category: English with its abbreviations, then Spanish, Portuguese, French, Italian, German, Dutch, Polish
 * and the Nordic languages. Tokens are compared whole, never as substrings.
 */
export const lexicon: { readonly [category in Category]: LexiconEntry } = {
  person_name: {
    strong: `
      {first|last|full|given|family|middle|maiden|legal} name, surname, forename, ${who} name,
      contact person, nombre, apellido, prenom, nom famille, nom de famille, vorname, nachname,
      nome completo, nombre completo, cognome, sobrenome, imie, nazwisko, voornaam, achternaam, fornavn,
      efternavn, efternamn`,
    weak: [
      {
        need: 'person',
        phrases: `
      name, first, last, maiden, mname, nick, nick name, nome, nom, naam,
      {user|client|contact|tenant} name`,
      },
      { need: 'surname', phrases: 'fname, lname' },
      { need: 'trip', phrases: '{driver|agent} name' },
    ],
  },
  gov_id: {
    strong: `
      ssn, social security, social insurance, nino, national id, national identity, national insurance,
      tax id, tax identification, tin {number|no}, passport, {driver|driving} {license|licence|lic},
      aadhaar, aadhar, pan card, cpf, cnpj, rg numero, numero rg, curp, dni, codice fiscale,
      steuer {id|nummer}, personnummer, cpr {nummer|number}, hetu, bsn, pesel, nric, mykad, tckn,
      resident id, visa {number|no}, sin number, ni number`,
    weak: [
      { need: 'person', phrases: 'id number, itin, nif, nie' },
      { need: 'family', phrases: 'sin, pan, tin, ni, rg, dl, rfc' },
    ],
  },
  email: {
    strong: 'email, e mail, mail address, correo, courriel',
    weak: [{ need: 'person', phrases: 'mail' }],
  },
  phone: {
    strong: `
      phone, telephone, tel {no|number}, {mobile|cell} {number|no}, cellphone, msisdn, fax, landline,
      telefono, telefon, telefone, handy nr, celular`,
    weak: [{ need: 'person', phrases: 'mobile, cell, tel, contact, contact {no|number}' }],
  },
  postal_address: {
    strong: `
      {street|home|mailing|billing|shipping|residential|postal|permanent} address, address line,
      {address|addr} {1|2|3}, strasse, direccion, endereco, adresse, indirizzo,
      {house|apartment} {number|no}`,
    weak: [{ need: 'person', phrases: 'address, addr, street' }],
  },
  coarse_geo: {
    strong: `
      zip code, {postal|post} code, plz, code postal, codigo postal, birth place, place of birth,
      birth city, city of birth`,
    both: [['county', 'birth']],
    weak: [
      { need: 'person', phrases: 'city, zip, cep, region, county, country, location, geography, town, province' },
      { need: 'geo', phrases: 'state' },
    ],
  },
  precise_location: {
    strong: `
      latitude, longitude, gps, geo point, geolocation, lat {lng|lon|long},
      {home|pickup|dropoff|pick up|drop off} {lat|lon|lng|long|latitude|longitude}, cell id, wifi bssid`,
    weak: [{ need: 'person', phrases: 'lat, lon, lng, long, trajectory' }],
  },
  dob: {
    strong: `
      dob, birth {date|year|day|month}, birthday, {date|day|year} of birth, yob, geburtsdatum,
      fecha {nacimiento|de nacimiento}, data {nascimento|de nascimento}, date naissance, date de naissance,
      data nascita, data di nascita, fodselsdato, geboortedatum`,
    weak: [{ need: 'person', phrases: 'born' }],
  },
  age: {
    strong: `
      age {group|band|range|cat|category|bucket},
      {patient|customer|anchor|passenger|client|user|person|subject|driver|respondent} age, senior citizen,
      age at, edad, idade`,
    weak: [{ need: 'person', phrases: 'age, alter, senior, leeftijd, wiek, alder', oneHot: true }],
  },
  dates: {
    strong: `
      {admit|admission|discharge|death|service|visit|disch} {date|time},
      date of {death|admission|discharge|service}, dod`,
    weak: [{ need: 'health', phrases: 'date' }],
  },
  sex_gender: {
    strong: 'gender, genero, sexo, sexe, geschlecht, plec, geslacht, male, female',
    weak: [{ need: 'person', phrases: 'sex', oneHot: true }],
  },
  race_ethnicity: {
    strong: `
      ethnicity, ethnic, racial, hispanic, race {cat|category|group|code|ethnicity}, etnia, raza,
      hautfarbe, caste`,
    both: [['race', 'ethnicity']],
    weak: [
      {
        need: 'person',
        phrases: 'race',
        oneHot: true,
        refutedBy: 'lap, circuit, driver, grid, season, lock, thread, mutex, constructor, horse, jockey',
      },
    ],
  },
  nationality_origin: {
    strong: `
      nationality, citizenship, native country, national origin, country of birth, birth country,
      immigration status, foreign worker, nacionalidad, nacionalidade, nationalite, staatsangehorigkeit,
      nazionalita`,
    weak: [{ need: 'person', phrases: 'origin, foreign' }],
  },
  religion: {
    strong: 'religion, religious, faith group, konfession',
    weak: [{ need: 'person', phrases: 'faith, belief' }],
  },
  political: {
    strong: 'political {party|view|affiliation|opinion|leaning}, party affiliation, voted for',
    weak: [{ need: 'person', phrases: 'party' }],
  },
  union: {
    strong: 'trade union, union {member|membership}',
    weak: [{ need: 'person', phrases: 'union' }],
  },
  sex_life: {
    strong: 'sexual orientation, lgbt, lgbtq, sex life, gender identity, transgender',
    weak: [{ need: 'person', phrases: 'orientation' }],
  },
  health: {
    strong: `
      diagnosis, diag, disease, icd, icd10, medication, prescription, allergy, symptom, comorbid,
      comorbidity, disability, hiv, cancer, diabetes, pregnant, pregnancy, bmi, glucose, insulin,
      cholesterol, hba1c, a1c, blood pressure, blood type, blood group, systolic, diastolic, health status,
      therapy, procedure code, lab result, hypertension, heart rate, medical condition, diagnostico,
      diagnose`,
    weak: [
      {
        need: 'family',
        phrases:
          'pulse, weight, chol, trestbp, dose, result, test, test result, smoker, smoking, stroke, height, {sys|dia} bp, tot chol, bp med, prevalent {stroke|hyp}',
      },
    ],
  },
  genetic: {
    strong: 'genome, genotype, dna, snp, variant allele, rsid, brca',
    weak: [{ need: 'person', phrases: 'gene, variant, allele, gene mutation' }],
  },
  biometric: {
    strong: `
      fingerprint {template|minutia|minutiae}, retina, iris {scan|code}, voice print, voiceprint,
      face {embedding|encoding|template}, faceprint, biometric, gait signature, palm vein`,
    weak: [{ need: 'person', phrases: 'fingerprint, voice, face, iris' }],
  },
  medical_record_id: {
    strong: `
      mrn, medical record, patient ${idWord}, npi, hadm id, encounter id, {icustay|icu stay} id,
      nhs {no|number}`,
    weak: [{ need: 'health', phrases: 'subject id, encounter, visit id, stay id' }],
  },
  insurance_id: {
    strong: `
      insurance {no|number|id|nbr}, policy holder id, policyholder id, beneficiary id, payer member,
      medicare {no|number|id}, hicn`,
    weak: [{ need: 'health', phrases: 'payer code, mbi, policy {no|number}' }],
  },
  payment_card: {
    strong: `
      card {number|no|num}, cc {num|number|no}, ccn, cvv, cvc, card {expiry|expiration}, pan number,
      primary account number, credit card`,
    weak: [{ need: 'family', phrases: 'card, exp, cartao' }],
  },
  bank_account: {
    strong: `
      iban, swift code, sort code, routing {number|no}, {account|acct} {number|no|num}, bank account,
      kontonummer, cuenta numero, numero cuenta, bic code`,
    weak: [
      { need: 'person', phrases: 'account, acct, conta, cuenta, konto' },
      { need: 'person', phrases: 'bic', refutedBy: 'aic, hqic, aicc, llf, rmse' },
    ],
  },
  income: {
    strong: `
      salary, wage, income, payroll, earning, annual inc, compensation, net worth, capital {gain|loss},
      gehalt, salario, ingreso, lohn, salaire, stipendio`,
    weak: [{ need: 'family', phrases: 'balance, hourly rate, daily rate, monthly rate' }],
  },
  credit_financial: {
    strong: `
      credit {score|history|limit|amount}, fico, delinq, delinquency, delinquent, bankruptcy, dti,
      loan status, default flag, overdraft, debt`,
    weak: [{ need: 'family', phrases: 'limit, loan, default' }],
  },
  criminal: {
    strong: `
      arrest, conviction, convicted, felony, misdemeanor, criminal, recidivism, recidivist, offense,
      offence, jail, prison time, prior count, charge degree, case number`,
    weak: [{ need: 'family', phrases: 'charge, decile, fel, misd, recid' }],
  },
  marital_family: {
    strong: `
      marital, marital status, spouse, married, divorced, dependent, child count,
      {num|cnt|number of|no of|n} child, {count|total} child, number child, family {size|status},
      mother maiden, estado civil, familienstand, etat civil`,
    weak: [{ need: 'person', phrases: 'partner, relationship, family, child, marriage', oneHot: true }],
  },
  education: {
    strong: `
      education, education {level|num|number}, degree earned, school attended, gpa, student grade,
      academic transcript`,
    weak: [{ need: 'family', phrases: 'grade, school' }],
  },
  employment: {
    strong: `
      job {title|role}, employer, occupation, emp {title|length}, performance rating, hire date, attrition,
      termination reason, beruf, profession`,
    weak: [{ need: 'family', phrases: 'job, title, role, department', oneHot: true }],
  },
  child: {
    strong: `
      {child|minor|pupil} {name|dob}, {minor|pupil} id, guardian name, {parent|guardian} {email|phone},
      {is|are} under {13|16}, {child|minor|pupil} {birth date|date of birth}`,
    weak: [{ need: 'person', phrases: 'minor, pupil, kid, child id' }],
  },
  online_id: {
    strong: `
      ip {address|addr}, ipv4, ipv6, mac {address|addr}, device id, imei, imsi, idfa, gaid, advertising id,
      cookie id, user session id, user name, login {name|id},
      {twitter|instagram|facebook|telegram|linkedin|social|github} {handle|user name|id},
      screen name, user agent`,
    weak: [{ need: 'person', phrases: 'ip, mac, handle, session, session id, login' }],
  },
  vehicle_id: {
    strong: `
      {license|licence|registration} plate, plate {number|no}, vehicle registration, kennzeichen,
      vin {number|no}, vehicle identification`,
    weak: [{ need: 'person', phrases: 'plate, vin' }],
  },
  pseudonymous_id: {
    strong: `
      wallet address, emp {id|no|number}, enrollee id, customer unique id,
      {customer|user|account|employee|member|passenger|loan|applicant|voter|student|subscriber|borrower|person|respondent|participant|cardholder|donor|policyholder} ${idWord},
      {customer|user|employee|member|passenger|applicant|voter|person} key`,
    weak: [
      {
        need: 'person',
        phrases: `
      {client|tenant|candidate|teacher|subject|individual|driver|agent|speaker|insured} ${idWord}`,
      },
      { need: 'container', phrases: 'id, uid, uuid' },
    ],
  },
  credential: {
    strong: `
      password, passwd, passphrase, pin code, {api|private|secret|encryption|signing} key, access key,
      client secret, {access|refresh|session|bearer|auth|api|csrf|jwt|hf|github|secret|id} token, otp,
      security answer`,
    weak: [{ need: 'container', phrases: 'secret, token, pin, pwd' }],
  },
  media: {
    strong: `
      face image, selfie, voice recording, signature image,
      {patient|customer|employee|student|user|passport|profile} {photo|picture|image}`,
    weak: [{ need: 'health', phrases: 'image, audio' }],
  },
  free_text: {
    strong: `
      chat log, clinical note, transcript, comment text, resume text, email body, medical note,
      doctor note, discharge summary`,
    weak: [{ need: 'health', phrases: 'text, note, desc, review, message' }],
  },
};

/** Whole names in scripts without word separators, compared exactly after trimming; spaces separate. */
export const exactNames: { readonly [category in Category]?: string } = {
  person_name: '姓名 名字 氏名 名前 이름 성명',
  gov_id: '身份证号 身份证 身份证号码 身分證字號 マイナンバー 주민등록번호',
  phone: '手机号 手机号码 电话 电话号码 電話番号 전화번호 휴대폰번호',
  email: '邮箱 电子邮箱 メールアドレス 이메일',
  dob: '生年月日 出生日期 생년월일',
  postal_address: '住址 家庭住址 住所 주소',
  sex_gender: '性别 性別 성별',
  age: '年龄 年齢 나이',
  race_ethnicity: '民族',
  nationality_origin: '国籍 국적',
};
