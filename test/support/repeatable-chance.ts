// Properties draw the same examples in every run, so that a change alone decides whether the tests pass; WUTONG_TEST_SEED draws others.
import fc from 'fast-check';

const told = process.env['WUTONG_TEST_SEED'];
const seed = told === undefined ? 20_261_121 : Number(told);
if (!Number.isSafeInteger(seed)) throw new Error(`WUTONG_TEST_SEED is a whole number, not ${String(told)}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
