/**
 * Libraries and forms that check data, by resolved name.
 * https://pandera.readthedocs.io, https://docs.greatexpectations.io, https://www.tensorflow.org/tfx/data_validation,
 * https://docs.deepchecks.com, https://docs.soda.io, https://github.com/awslabs/python-deequ, https://posit-dev.github.io/pointblank
 */

/** Raise on data that breaks the rules. */
export const RAISING = new RegExp(
  [
    '^pandera\\..*(?:\\(\\)|\\.validate)$',
    '^(?:patito|dataframely)\\..*\\.validate$',
    '^jsonschema\\.(?:validate|\\w+Validator\\(\\)\\.validate)$',
    '^voluptuous\\.Schema\\(\\)(?:\\(\\))?$',
    '^(?:pandas|polars)\\.testing\\.assert_\\w+$',
    '^numpy\\.testing\\.assert_\\w+$',
    '^tensorflow\\.debugging\\.assert_\\w+$',
    '^pointblank\\..*\\.assert_\\w+$',
    '^soda\\..*\\.assert_\\w+$',
    '^whylogs\\..*\\.validate$',
    '^marshmallow\\..*\\.load$',
  ].join('|'),
);

/** Give a verdict that the program has to act on. */
export const JUDGING =
  /^(?:great_expectations|tensorflow_data_validation|deepchecks|soda|pydeequ|pointblank|whylogs|evidently|frictionless|cerberus|patito|dataframely|cuallee|tfx)\b.*\.(?:validate\w*|run\w*|interrogate|execute|passed\w*|all_passed|expect_\w+|test\w*|check\w*|report|as_dict|json|dict)$/;

/** Methods that raise on a bad verdict, whatever the library. */
export const RAISING_METHOD = /^(?:assert_\w+|assert[A-Z]\w*|raise_\w+)$/;

/** Methods whose name says they check the frame they are given; used where nobody can look inside. */
export const CHECKING_NAME =
  /(?:^|_)(?:validat\w*|verif\w*|check\w*|ensure\w*|expect\w*|assert\w*|contract\w*|conform\w*|sanity\w*|enforce\w*)(?:$|_)/i;

/** Decorators that check the arguments or the result of a function. */
export const CHECKING_DECORATOR =
  /(?:^|\.)(?:check_(?:types|input|output|io|schema\w*)|asset_check|validate_\w+|expect_\w+|check_types)(?:\(\))?$/;

/** Classes of which an instance made of a row is a checked row. */
export const ROW_MODEL =
  /^(?:pydantic(?:\.main)?\.BaseModel|sqlmodel\.SQLModel|msgspec\.Struct|patito\.Model|marshmallow\.Schema|pandera\.\w*(?:DataFrameModel|SchemaModel)|pandera\.typing\.\w+)$/;
export const FRAME_MODEL = /^(?:pandera(?:\.\w+)*\.(?:DataFrameModel|SchemaModel)|patito\.Model|dataframely\.Schema)$/;

/** Look at data without stopping. */
export const LOOKING =
  /^(?:sklearn\.utils(?:\.validation)?\.check_\w+|ydata_profiling\..*|pandas_profiling\..*|sweetviz\..*|missingno\..*)$/;
