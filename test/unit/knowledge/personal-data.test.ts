import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthContainers, personNouns, personPlurals } from '../../../server/src/knowledge/personal-data/guards.js';
import { compiledSets } from '../../../server/src/knowledge/personal-data/header-evidence.js';
import {
  type Category,
  categories,
  categoryInfo,
  classifyColumn,
  classifyColumns,
  mayHoldPersonalNames,
  normalizeName,
  reidentifyingCombination,
} from '../../../server/src/knowledge/personal-data/index.js';
import { knownSets } from '../../../server/src/knowledge/personal-data/known-sets.js';
import { foldedLetters } from '../../../server/src/knowledge/personal-data/normalize.js';
import { strongPhrases, tokenPairs, weakPhrases } from '../../../server/src/knowledge/personal-data/phrases.js';
import { triggerWords } from '../../../tools/personal-data-triggers.js';
import { labelledHeaders } from './labelled-headers.js';

const category = (name: string, siblings: readonly string[] = [], container?: string): Category | undefined =>
  classifyColumn(name, { siblings, ...(container !== undefined && { container }) })?.category;

describe('the lexicon', () => {
  it('is written in normalised words, which no name is compared with otherwise', () => {
    const phrases = [...strongPhrases(), ...weakPhrases()].map(({ tokens }) => tokens);
    expect(phrases.length).toBeGreaterThan(1000);
    expect(phrases.filter((tokens) => normalizeName(tokens.join(' ')).join() !== tokens.join())).toEqual([]);
  });
});

describe('normalizeName', () => {
  it.each([
    ['PassengerId', 'passenger id'],
    ['customerID', 'customer id'],
    ['userIDs', 'user id'],
    ['HTTPServer', 'http server'],
    ['\uFEFFAge', 'age'],
    ['"first name"', 'first name'],
    ['Annual Income (k$)', 'annual income'],
    ['weight [kg]', 'weight'],
    ['marital-status', 'marital status'],
    ['maritalstatus', 'marital status'],
    ['dateofbirth', 'date of birth'],
    ['LASTNAME', 'last name'],
    ['admittime', 'admit time'],
    ['prénom', 'prenom'],
    ['pre\u0301nom', 'prenom'],
    ['A1Cresult', 'a1c result'],
    ['hba1c_value', 'hba1c value'],
    ['clientIPv4', 'client ipv4'],
    ['icd10_code', 'icd10 code'],
    ['icd9_code', 'icd 9 code'],
    ['diag_1', 'diag 1'],
    ['RACEV2X', 'race'],
    ['AGE53X', 'age'],
    ['Age60', 'age 60'],
    ['addresses', 'address'],
    ['allergies', 'allergy'],
    ['status', 'status'],
    ['diagnosis', 'diagnosis'],
    ['metrics', 'metrics'],
    ['series', 'series'],
    ['therapist', 'therapist'],
    ['season', 'season'],
    ['AMTINCOME', 'amtincome'],
    ['email_v2', 'email'],
    ['', ''],
    ['___', ''],
    ['💥', '💥'],
  ])('%j → %s', (raw, words) => {
    expect(normalizeName(raw).join(' ')).toBe(words);
  });

  it('refuses a name of more than 120 characters and never throws', () => {
    expect(normalizeName('email'.repeat(25))).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        for (const token of normalizeName(raw)) expect(token).not.toBe('');
        classifyColumn(raw, { siblings: [raw, 'email'], container: raw });
      }),
    );
  });
});

describe('traps', () => {
  const silent: readonly (readonly [name: string, siblings?: string, container?: string])[] = [
    ['feature_name'],
    ['file_name'],
    ['class_name'],
    ['CompanyName'],
    ['circuit_name'],
    ['feature_name', 'email', 'users'],
    ['class_full_name', 'email'],
    ['name', 'mpg,cylinders,displacement,horsepower'],
    ['Name', 'Attack,Defense,Generation,Speed'],
    ['name', 'columns,tests,description'],
    ['NAME_CONTRACT_TYPE'],
    ['NAME_CONTRACT_TYPE', 'CODE_GENDER,DAYS_BIRTH,email'],
    ['fname'],
    ['fname', 'email,score'],
    ['driver_name'],
    ['driver_name', 'host,port'],
    ['driver_name', 'email'],
    ['Race Date', 'lap,circuit'],
    ['race_id', 'age,sex'],
    ['race', 'circuit,email'],
    ['race', 'thread,lock'],
    ['sex', 'species,bill_length_mm,flipper_length_mm'],
    ['page_age'],
    ['Stage'],
    ['image'],
    ['average'],
    ['storage'],
    ['language'],
    ['message'],
    ['garage'],
    ['usage'],
    ['OWN_CAR_AGE', 'CODE_GENDER,email'],
    ['housing_median_age', 'email'],
    ['Age60', 'AvgSalary,email', 'store_demographics'],
    ['memory_address', 'email'],
    ['mem_addr', 'email'],
    ['base_address', 'email'],
    ['contract_address', 'email'],
    ['send_address', 'email'],
    ['bind_address', 'email', 'users'],
    ['state_dict', 'email,city'],
    ['random_state', 'email,city'],
    ['hidden_state', 'email,zip_code', 'users'],
    ['state', 'action,reward'],
    ['state', 'email,order_total'],
    ['token_type_ids'],
    ['max_tokens'],
    ['tokens_per_iter'],
    ['masked'],
    ['tokens'],
    ['tokenizer'],
    ['pad_token_id'],
    ['token_count'],
    ['access_token_count'],
    ['attention_mask'],
    ['mask'],
    ['key'],
    ['primary_key'],
    ['sort_key'],
    ['key', 'email', 'users'],
    ['3SsnPorch'],
    ['classname'],
    ['businessname'],
    ['season'],
    ['SSN', 'Year,Month'],
    ['ssn_forecast'],
    ['ssn', 'sunspot'],
    ['pan'],
    ['PANEL'],
    ['sin'],
    ['tin'],
    ['dl'],
    ['rg'],
    ['ni'],
    ['vin'],
    ['pan', 'email'],
    ['sin', 'email,age'],
    ['dl', 'email'],
    ['FLAG_EMAIL'],
    ['email_opened'],
    ['email_template'],
    ['email_verified'],
    ['email_list'],
    ['has_phone'],
    ['is_email_valid'],
    ['PhoneService'],
    ['phone_type'],
    ['add_contact'],
    ['Contract'],
    ['Contract', 'email'],
    ['contact'],
    ['engender'],
    ['agenda'],
    ['gender', 'noun,lemma'],
    ['location'],
    ['position'],
    ['title'],
    ['description'],
    ['text'],
    ['note'],
    ['text', 'label'],
    ['text', 'email,label'],
    ['run_id'],
    ['item_id'],
    ['admission_type_id'],
    ['candidate_id'],
    ['teacher_id'],
    ['tenant_id'],
    ['client_id'],
    ['run_id', 'email', 'users'],
    ['cell'],
    ['fingerprint'],
    ['recid'],
    ['driver'],
    ['agent'],
    ['cell', 'notebook,output'],
    ['NAME', 'ADDRESS,PHONE', 'organizations'],
    ['ADDRESS', 'NAME,PHONE', 'organizations'],
    ['PHONE', 'NAME,ADDRESS', 'organizations'],
    ['ZIP', 'NAME', 'hospitals'],
    ['city_pop', 'email'],
    ['REG_CITY_NOT_LIVE_CITY', 'email'],
    ['total_wages'],
    ['avg_income'],
    ['median_income'],
    ['EmployeeCount'],
    ['PaperlessBilling'],
    ['num_customers'],
    ['email_count'],
    ['population', 'email'],
    ['diagnosis_code', 'description'],
    ['diagnosis_code', 'description,version', 'icd_lookup'],
    ['procedure_code', '', 'dim_procedure'],
    ['nome'],
    ['conta'],
    ['cartao'],
    ['longitude', 'housing_median_age,population'],
    ['median_income', 'housing_median_age,population'],
    ['abn'],
    ['acn'],
    ['uen'],
    ['gstin'],
    ['hrb'],
    ['brn'],
    ['vat_id'],
    ['bic', 'aic,llf'],
    ['status'],
    ['type'],
    ['value'],
    ['index'],
    ['x'],
    ['y'],
    ['dependent_variable'],
  ];
  const silentCases = silent.map(([name, siblings = '', container]) => ({ name, siblings, container }));
  it.each(silentCases)('$name beside [$siblings] in $container is silent', ({ name, siblings, container }) => {
    expect(
      classifyColumn(name, {
        siblings: siblings.split(',').filter(Boolean),
        ...(container !== undefined && { container }),
      }),
    ).toBeUndefined();
  });

  const found: readonly (readonly [category: Category, name: string, siblings?: string, container?: string])[] = [
    ['person_name', 'customer_name'],
    ['person_name', 'name', 'email'],
    ['person_name', 'name', '', 'patients'],
    ['person_name', 'lname', 'fname,score'],
    ['person_name', 'fname', '', 'passengers'],
    ['marital_family', 'NAME_FAMILY_STATUS', 'NAME_HOUSING_TYPE,REGION_POPULATION_RELATIVE'],
    ['person_name', 'driver_name', 'email,license_no'],
    ['race_ethnicity', 'race', 'age,sex'],
    ['race_ethnicity', 'race_ethnicity'],
    ['race_ethnicity', 'RACEV2X', 'SEX,AGE53X'],
    ['sex_gender', 'sex', 'email'],
    ['sex_gender', 'CODE_GENDER'],
    ['sex_gender', 'Sex_male', 'email'],
    ['age', 'age', 'email'],
    ['age', 'patient_age'],
    ['age', 'age_group'],
    ['age', 'age_in_years', '', 'students'],
    ['online_id', 'ip_address'],
    ['email', 'email_address'],
    ['pseudonymous_id', 'wallet_address'],
    ['postal_address', 'home_address'],
    ['postal_address', 'address', 'email'],
    ['coarse_geo', 'state', 'city,email'],
    ['coarse_geo', 'zip_code'],
    ['credential', 'access_token'],
    ['credential', 'api_key'],
    ['credential', 'private_key'],
    ['credential', 'signing_key'],
    ['gov_id', 'ssn'],
    ['gov_id', 'SSN', 'Year,email'],
    ['gov_id', 'pan_card'],
    ['gov_id', 'tin_number'],
    ['gov_id', 'pan', 'passport_no'],
    ['gov_id', 'sin', 'ssn,email'],
    ['email', 'e-mail'],
    ['email', 'Email'],
    ['phone', 'telephone'],
    ['phone', 'contact', 'email'],
    ['phone', 'mobile_number'],
    ['pseudonymous_id', 'customer_id'],
    ['pseudonymous_id', 'client_id', 'email'],
    ['pseudonymous_id', 'id', '', 'users'],
    ['medical_record_id', 'patient_nbr'],
    ['vehicle_id', 'vin_number'],
    ['criminal', 'priors_count'],
    ['marital_family', 'CNT_CHILDREN'],
    ['income', 'AMT_INCOME_TOTAL', 'CODE_GENDER,NAME_FAMILY_STATUS,NAME_HOUSING_TYPE,REGION_POPULATION_RELATIVE'],
    ['income', 'balance', 'age,sex,salary'],
    ['health', 'heart_rate'],
    ['health', 'avg_glucose_level'],
    ['health', 'diagnosis_code', 'description,patient_id'],
    ['health', 'result', 'patient_id,diagnosis', 'patients'],
    ['marital_family', 'is_married'],
    ['health', 'has_diabetes'],
    ['free_text', 'text', 'hadm_id', 'noteevents'],
    ['person_name', 'nombre'],
    ['person_name', 'nome', 'cpf'],
    ['bank_account', 'conta', 'cpf'],
    ['dob', 'fecha_nacimiento'],
    ['dob', 'Geburtsdatum'],
    ['gov_id', 'codice_fiscale'],
    ['person_name', '姓名'],
    ['gov_id', '身份证号'],
    ['phone', '手机号'],
    ['person_name', '氏名'],
    ['dob', '生年月日'],
    ['gov_id', '주민등록번호'],
    ['dob', 'date_of_birth'],
    ['dates', 'admittime'],
    ['payment_card', 'cc_num'],
    ['bank_account', 'iban'],
    ['precise_location', 'pickup_latitude'],
    ['genetic', 'genotype'],
    ['biometric', 'face_embedding'],
    ['sex_life', 'sexual_orientation'],
    ['religion', 'religion'],
    ['political', 'party_affiliation'],
    ['union', 'union_member'],
    ['child', 'child_name'],
    ['employment', 'job_title'],
    ['education', 'gpa'],
    ['insurance_id', 'insurance_no'],
    ['media', 'face_image'],
    ['nationality_origin', 'citizenship'],
    ['credit_financial', 'fico_score'],
  ];
  const foundCases = found.map(([expected, name, siblings = '', container]) => ({
    expected,
    name,
    siblings,
    container,
  }));
  it.each(foundCases)(
    '$expected: $name beside [$siblings] in $container',
    ({ expected, name, siblings, container }) => {
      expect(category(name, siblings.split(',').filter(Boolean), container)).toBe(expected);
    },
  );
});

describe('evidence', () => {
  it('grades confidence by what supports the reading', () => {
    expect(classifyColumn('email')).toEqual({ category: 'email', confidence: 0.85, evidence: 'strong' });
    expect(classifyColumn('email', { container: 'UserCreate' })?.confidence).toBe(0.95);
    expect(classifyColumn('name', { siblings: ['email'] })).toEqual({
      category: 'person_name',
      confidence: 0.65,
      evidence: 'weak-upgraded',
    });
    expect(classifyColumn('name', { siblings: ['email'], container: 'patients' })?.confidence).toBe(0.8);
    expect(classifyColumn('name')).toBeUndefined();
  });

  it('does not let a machine table pass for a person table', () => {
    for (const container of ['UserConfig', 'user_agent_stats', 'customer_segments_config', 'client']) {
      expect(category('name', [], container), container).toBeUndefined();
    }
    expect(category('name', [], 'clients')).toBe('person_name');
  });

  it('marks protected forms, and keeps unkeyed digests as pseudonymous identifiers', () => {
    expect(classifyColumn('email_sha256')).toMatchObject({ category: 'pseudonymous_id', protected: true });
    expect(classifyColumn('hashed_ssn')).toMatchObject({ category: 'pseudonymous_id', protected: true });
    expect(classifyColumn('ssn_encrypted')).toMatchObject({ category: 'gov_id', protected: true });
    expect(classifyColumn('masked_phone')).toMatchObject({ category: 'phone', protected: true });
    expect(classifyColumn('income_binned')).toMatchObject({ category: 'income', protected: true });
    expect(classifyColumn('password_hash')).toMatchObject({ category: 'credential', protected: true });
    expect(classifyColumn('email')).not.toHaveProperty('protected');
  });

  it('names the data set it recognised', () => {
    const titanic = classifyColumns(labelledHeaders[0]!.columns.split(','));
    expect(titanic.get('Sex')).toMatchObject({
      evidence: 'known-set',
      dataset: 'Titanic passenger list',
      publicRecord: true,
    });
    const f1 = classifyColumns(['driverId', 'raceId', 'constructorId', 'forename', 'surname', 'name', 'email']);
    expect(f1.get('surname')).toMatchObject({ category: 'person_name', publicRecord: true });
    expect(f1.get('name')).toBeUndefined();
    expect(f1.get('email')?.category).toBe('email');
  });

  it('gives one column the same answer alone with its siblings and within its header', () => {
    for (const { columns, container } of labelledHeaders) {
      const names = columns.split(',');
      const together = classifyColumns(names, container);
      for (const [i, name] of names.entries()) {
        const siblings = names.filter((_, k) => k !== i);
        expect(classifyColumn(name, { siblings, ...(container !== undefined && { container }) }), name).toEqual(
          together.get(name),
        );
      }
    }
  });

  it('answers for every category with complete information', () => {
    expect(categories.length).toBe(37);
    for (const id of categories) {
      const info = categoryInfo(id);
      expect(info.id).toBe(id);
      expect(info.title).toMatch(/^[a-z][a-z -]+[a-z]$/);
      expect(info.gdpr).not.toBe('');
      expect(
        strongPhrases().some((phrase) => phrase.category === id),
        id,
      ).toBe(true);
    }
  });

  it('sees the combination of quasi-identifiers once per frame', () => {
    expect(reidentifyingCombination(['age', 'sex_gender', 'coarse_geo', 'employment'])).toEqual({
      parts: ['age', 'sex_gender', 'coarse_geo'],
      aggravating: ['employment'],
    });
    expect(reidentifyingCombination(['dob', 'age', 'sex_gender', 'coarse_geo'])?.parts[0]).toBe('dob');
    expect(reidentifyingCombination(['age', 'sex_gender'])).toBeUndefined();
  });
});

describe('public headers', () => {
  const score = (headers: typeof labelledHeaders) => {
    let hit = 0;
    const spurious: string[] = [];
    const missed: string[] = [];
    const mistaken: string[] = [];
    for (const { name, columns, container, personal } of headers) {
      const results = classifyColumns(columns.split(','), container);
      for (const column of columns.split(',')) {
        const wanted = (Object.entries(personal) as [Category, string][])
          .filter(([, list]) => list.split(',').includes(column))
          .map(([id]) => id);
        const result = results.get(column);
        if (result && wanted.length === 0) spurious.push(`${name}: ${column} as ${result.category}`);
        else if (!result && wanted.length > 0) missed.push(`${name}: ${column}`);
        else if (result && !wanted.includes(result.category)) mistaken.push(`${name}: ${column} as ${result.category}`);
        else if (result) hit++;
      }
    }
    return { hit, spurious, missed, mistaken };
  };

  it('finds what was labelled and nothing else, two known misses apart', () => {
    const { hit, spurious, missed, mistaken } = score(labelledHeaders);
    expect(spurious).toEqual([]);
    expect(mistaken).toEqual([]);
    expect(missed).toEqual(['Synthea patients: DRIVERS', 'Card fraud (Sparkov): job']);
    expect(hit).toBeGreaterThan(250);
  });

  it.each(labelledHeaders.map((header) => [header.name, header] as const))(
    '%s: every label names a column',
    (_, { columns, personal }) => {
      const names = new Set(columns.split(','));
      for (const list of Object.values(personal)) for (const column of list.split(',')) expect(names).toContain(column);
    },
  );

  it('has no known set whose own header is not recognised', () => {
    for (const { set, deciding } of compiledSets()) {
      expect(new Set(deciding).size, set.id).toBe(deciding.length);
      for (const [id, list] of Object.entries(set.sensitive) as [Category, string][]) {
        const column = list.split(',')[0]!.trim();
        const names = [column, ...set.deciding.split(',').map((name) => name.trim())];
        expect(classifyColumns(names).get(column), `${set.id} ${column}`).toMatchObject({
          category: id,
          evidence: 'known-set',
        });
      }
    }
    expect(new Set(knownSets.map((set) => set.id)).size).toBe(knownSets.length);
  });
});

describe('machine-learning names that are not personal', () => {
  const names = (
    'max_tokens max_new_tokens state_dict random_state hidden_state hidden_size token_type_ids input_ids attention_mask position_ids labels pad_token ' +
    'pad_token_id eos_token bos_token unk_token sep_token cls_token mask_token tokenizer model_name model_type model_path checkpoint_path learning_rate ' +
    'batch_size num_epochs num_workers n_estimators max_depth min_samples_split feature_name feature_names feature_importance class_name class_weight ' +
    'target_names loss_fn optimizer_state scheduler_state cell_state init_state next_state prev_state train_loss val_loss test_accuracy image_path image_id ' +
    'image_size file_name file_path dataset_name run_name run_id run_uuid experiment_name experiment_id layer_name metric_name num_classes seed device ' +
    'device_map local_rank world_size gradient_accumulation_steps warmup_ratio weight_decay dropout temperature top_p top_k logits embeddings vocab_size ' +
    'sequence_length context_length prompt_tokens completion_tokens total_tokens tokens_per_second language page_age usage average stage storage message ' +
    'first_stage last_epoch best_score cache_key primary_key public_key sort_key column_name index_col y_true y_pred sample_weight event_type timestamp ' +
    'product_name product_id item_id store_id order_id session_count sku price quantity rating genre title text description label score kernel_size race_condition'
  ).split(' ');

  it('stay silent alone and as one header', () => {
    expect(names.length).toBeGreaterThan(100);
    const found = names.filter((name) => classifyColumn(name));
    expect(found).toEqual([]);
    expect([...classifyColumns(names, 'training_config').keys()]).toEqual([]);
  });
});

describe('triggerWords', () => {
  const triggered = (text: string) => triggerWords.some((word) => text.toLowerCase().includes(word));
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const styles: readonly ((tokens: readonly string[]) => string)[] = [
    (tokens) => tokens.join('_'),
    (tokens) => tokens[0] + tokens.slice(1).map(capital).join(''),
    (tokens) => tokens.map(capital).join(''),
    (tokens) => tokens.join('_').toUpperCase(),
    (tokens) => tokens.join(''),
    (tokens) => tokens.join(' '),
    (tokens) => tokens.join('-'),
    (tokens) => tokens.join('.'),
    (tokens) => tokens.map((token) => `${token}s`).join('_'),
    (tokens) => tokens.map((token) => (token.endsWith('y') ? `${token.slice(0, -1)}ies` : `${token}es`)).join('_'),
  ];

  it('fires on every strong phrase in every spelling that is recognised', () => {
    let recognised = 0;
    for (const { tokens } of [...strongPhrases(), ...tokenPairs()]) {
      for (const style of styles) {
        const name = style(tokens);
        if (!classifyColumn(name)) continue;
        recognised++;
        expect(triggered(name), name).toBe(true);
      }
    }
    expect(recognised).toBeGreaterThan(3 * strongPhrases().length);
  });

  it('fires on every header that upgrades a weak name', () => {
    const weak = weakPhrases().map(({ tokens }) => tokens.join('_'));
    const support = [...personNouns, ...personPlurals, ...healthContainers];
    for (const container of support) {
      for (const name of weak)
        if (classifyColumn(name, { container }))
          expect(triggered(`${container} ${name}`), `${container}.${name}`).toBe(true);
    }
    for (const name of weak) {
      for (const sibling of weak) {
        for (const third of ['age', 'sex', 'race', 'first', 'last', 'chol', 'trestbps', 'date', 'pulse', 'fname']) {
          if (!classifyColumn(name, { siblings: [sibling, third] })) continue;
          expect(triggered(`${name} ${sibling} ${third}`), `${name} ${sibling} ${third}`).toBe(true);
        }
      }
    }
  });

  it('fires on every smallest recognisable part of a known set', () => {
    for (const { set, deciding, atLeast, columns } of compiledSets()) {
      if (![...columns.values()].some(Boolean)) continue;
      const choose = (from: number, chosen: readonly string[]): void => {
        if (chosen.length === atLeast) {
          expect(triggered(chosen.map((key) => key.replaceAll(' ', '_')).join(' ')), `${set.id}: ${chosen}`).toBe(true);
          return;
        }
        for (let i = from; i < deciding.length; i++) choose(i + 1, [...chosen, deciding[i]!]);
      };
      choose(0, []);
    }
  });

  it('fires whatever random headers the classifier reacts to', () => {
    const vocabulary = [
      ...new Set([...strongPhrases(), ...weakPhrases()].flatMap((phrase) => phrase.tokens)),
      'children',
      'people',
      'diagnoses',
      'prénom',
      'dirección',
      'RACEV2X',
      'Ａge',
    ];
    const word = fc.constantFrom(...vocabulary);
    const joint = fc.constantFrom('', '_', ' ', '-', '.', '__', '/', '\t');
    const name = fc
      .array(fc.tuple(word, joint, fc.boolean()), { minLength: 1, maxLength: 3 })
      .map((parts) =>
        parts.map(([text, between, upper], i) => (i > 0 ? between : '') + (upper ? capital(text) : text)).join(''),
      );
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.option(name, { nil: undefined }),
        (names, container) => {
          if (classifyColumns(names, container).size === 0) return;
          expect(triggered(`${names.join('\n')}\n${container ?? ''}`)).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('holds lower-case, minimal words and the compiled test agrees with them', () => {
    for (const word of triggerWords) expect(word.toLowerCase()).toBe(word);
    expect(new Set(triggerWords).size).toBe(triggerWords.length);
    for (const letter of foldedLetters) expect(triggered(letter)).toBe(true);
    const words = fc.constantFrom(...triggerWords, 'import torch', 'loss', 'firs', 'emai l', 'x.y', '_');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (parts) => {
        const text = parts.join('·').toUpperCase();
        expect(mayHoldPersonalNames(text.toLowerCase())).toBe(triggered(text));
      }),
      // The first questions are answered from the words, later ones by the compiled expression.
      { numRuns: 2_000 },
    );
    for (const text of ['import torch\nloss.backward()', 'lr = 0.1', 'model.train()'])
      expect(mayHoldPersonalNames(text.toLowerCase())).toBe(false);
  });
});
