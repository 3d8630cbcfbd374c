"""Every page and who gets it: one table. A page that isn't in it fails. The API has its own in tests/api.

What a page of a case answers to somebody of another organisation is in `test_other_organisations.py`.
"""

import pytest

from tests.canary.addresses import addresses, patterns
from tests.canary.walk import Walk, numbers_known

pytestmark = pytest.mark.django_db

COLUMNS = ("anonymous", "researcher", "researcher staff", "assessor", "reviewer", "administrator")
# GET of something stored, in the order of the columns. 200: the page; 302: led elsewhere, as to the login;
# 403: not allowed; 404: nothing there, or nothing of theirs; 400, 405: asked without what it needs.
TABLE = """
start                                         302 302 302 200 200 200
find                                          302 302 302 302 302 302
health                                        200 200 200 200 200 200
case-list                                     302 200 200 200 200 200
compare                                       302 200 200 200 200 200
download                                      302 405 405 405 405 405
download-anonymity                            302 200 200 200 200 200
prepared-downloads                            302 200 200 200 200 200
download-file                                 302 404 404 404 404 404
case-file                                     302 404 404 200 200 200
case-thumbnail                                302 404 404 200 200 200
adjudicate                                    302 302 302 302 302 302
rescore                                       302 302 302 302 302 302
case-versions                                 302 403 403 200 200 200
case-version-record                           302 403 403 200 200 200
case-version-message                          302 403 403 200 200 200
case-history                                  302 403 403 200 200 200
case-narrative                                302 403 403 200 200 200
case-detail                                   302 200 200 200 200 200
login                                         200 302 302 302 302 302
account_login                                 200 302 302 302 302 302
account_reauthenticate                        302 200 200 200 200 200
account_change_password                       302 200 200 200 200 200
account_set_password                          302 302 302 302 302 302
account_reset_password                        200 200 200 200 200 200
account_reset_password_done                   200 200 200 200 200 200
account_reset_password_from_key_done          200 200 200 200 200 200
account_reset_password_from_key               200 200 200 200 200 200
own-tokens                                    302 200 200 200 200 200
revoke-own-token                              302 405 405 405 405 405
mfa_index                                     302 200 200 200 200 200
mfa_authenticate                              302 302 302 302 302 302
mfa_reauthenticate                            302 302 302 302 302 302
mfa_activate_totp                             302 302 302 302 302 302
mfa_deactivate_totp                           302 404 404 404 404 404
mfa_view_recovery_codes                       302 404 404 404 404 404
mfa_generate_recovery_codes                   302 302 302 302 302 302
mfa_download_recovery_codes                   302 404 404 404 404 404
mfa_list_webauthn                             302 200 200 200 200 200
mfa_add_webauthn                              302 302 302 302 302 302
mfa_reauthenticate_webauthn                   302 302 302 302 302 302
mfa_remove_webauthn                           302 302 302 302 302 302
mfa_edit_webauthn                             302 302 302 302 302 302
mfa_login_webauthn                            302 302 302 302 302 302
admin:search                                  302 302 200 200 200 200
admin:index                                   302 302 302 302 302 302
admin:login                                   302 403 403 403 403 403
admin:password_change                         302 302 302 302 302 302
admin:password_change_done                    302 302 200 200 200 200
admin:autocomplete                            302 302 403 403 403 403
admin:jsi18n                                  302 302 200 200 200 200
admin:view_on_site                            302 302 404 404 404 404
admin:accounts_organisation_changelist        302 302 403 403 403 200
admin:accounts_organisation_add               302 302 403 403 403 403
admin:accounts_organisation_history           302 302 403 403 403 200
admin:accounts_organisation_delete            302 302 403 403 403 403
admin:accounts_organisation_change            302 302 403 403 403 200
admin:auth_user_password_change               302 302 403 403 403 403
admin:accounts_user_changelist                302 302 403 403 403 200
admin:accounts_user_add                       302 302 403 403 403 200
admin:accounts_user_history                   302 302 403 403 403 200
admin:accounts_user_delete                    302 302 403 403 403 403
admin:accounts_user_change                    302 302 403 403 403 200
admin:accounts_apitoken_changelist            302 302 403 403 403 200
admin:accounts_apitoken_add                   302 302 403 403 403 200
admin:accounts_apitoken_history               302 302 403 403 403 200
admin:accounts_apitoken_delete                302 302 403 403 403 403
admin:accounts_apitoken_change                302 302 403 403 403 200
admin:accounts_accessevent_changelist         302 302 403 403 403 200
admin:accounts_accessevent_add                302 302 403 403 403 403
admin:accounts_accessevent_history            302 302 403 403 403 200
admin:accounts_accessevent_delete             302 302 403 403 403 403
admin:accounts_accessevent_change             302 302 403 403 403 200
admin:accounts_rolerequest_changelist         302 302 403 403 403 200
admin:accounts_rolerequest_add                302 302 403 403 403 403
admin:accounts_rolerequest_history            302 302 302 302 302 302
admin:accounts_rolerequest_delete             302 302 403 403 403 403
admin:accounts_rolerequest_change             302 302 403 403 403 302
admin:accounts_userhistory_changelist         302 302 403 403 403 200
admin:accounts_userhistory_add                302 302 403 403 403 403
admin:accounts_userhistory_history            302 302 403 403 403 200
admin:accounts_userhistory_delete             302 302 403 403 403 403
admin:accounts_userhistory_change             302 302 403 403 403 200
admin:accounts_organisationhistory_changelist 302 302 403 403 403 200
admin:accounts_organisationhistory_add        302 302 403 403 403 403
admin:accounts_organisationhistory_history    302 302 403 403 403 200
admin:accounts_organisationhistory_delete     302 302 403 403 403 403
admin:accounts_organisationhistory_change     302 302 403 403 403 200
admin:accounts_apitokenhistory_changelist     302 302 403 403 403 200
admin:accounts_apitokenhistory_add            302 302 403 403 403 403
admin:accounts_apitokenhistory_history        302 302 403 403 403 200
admin:accounts_apitokenhistory_delete         302 302 403 403 403 403
admin:accounts_apitokenhistory_change         302 302 403 403 403 200
admin:cases_caseevent_changelist              302 302 403 200 200 200
admin:cases_caseevent_add                     302 302 403 403 403 403
admin:cases_caseevent_history                 302 302 403 200 200 200
admin:cases_caseevent_delete                  302 302 403 403 403 403
admin:cases_caseevent_change                  302 302 403 200 200 200
admin:assessments_assessment_changelist       302 302 403 200 200 200
admin:assessments_assessment_add              302 302 403 403 403 403
admin:assessments_assessment_history          302 302 403 200 200 200
admin:assessments_assessment_delete           302 302 403 403 403 403
admin:assessments_assessment_change           302 302 403 200 200 200
admin:assessments_revieweranswer_changelist   302 302 403 200 200 200
admin:assessments_revieweranswer_add          302 302 403 403 403 403
admin:assessments_revieweranswer_history      302 302 403 200 200 200
admin:assessments_revieweranswer_delete       302 302 403 403 403 403
admin:assessments_revieweranswer_change       302 302 403 200 200 200
admin:exchange-acknowledgement                302 302 403 200 200 200
admin:exchange_acknowledgement_changelist     302 302 403 200 200 200
admin:exchange_acknowledgement_add            302 302 403 403 403 403
admin:exchange_acknowledgement_history        302 302 403 200 200 200
admin:exchange_acknowledgement_delete         302 302 403 403 403 403
admin:exchange_acknowledgement_change         302 302 403 200 200 200
admin:exchange-match                          302 302 403 200 200 200
admin:exchange_answer_changelist              302 302 403 200 200 200
admin:exchange_answer_add                     302 302 403 403 403 403
admin:exchange_answer_history                 302 302 403 200 200 200
admin:exchange_answer_delete                  302 302 403 403 403 403
admin:exchange_answer_change                  302 302 403 200 200 200
admin:exchange-upload                         302 302 403 200 200 200
admin:exchange-import                         302 302 403 200 200 200
admin:exchange-file                           302 302 403 200 200 200
admin:exchange_batch_changelist               302 302 403 200 200 200
admin:exchange_batch_add                      302 302 403 403 403 403
admin:exchange_batch_history                  302 302 403 200 200 200
admin:exchange_batch_delete                   302 302 403 403 403 403
admin:exchange_batch_change                   302 302 403 200 200 200
admin:exchange-receipt                        302 302 403 200 200 200
admin:exchange_receipt_changelist             302 302 403 200 200 200
admin:exchange_receipt_add                    302 302 403 403 403 403
admin:exchange_receipt_history                302 302 403 200 200 200
admin:exchange_receipt_delete                 302 302 403 403 403 403
admin:exchange_receipt_change                 302 302 403 200 200 200
admin:exchange-aside                          302 302 403 200 200 200
admin:exchange-decide                         302 302 403 200 200 200
admin:exchange_receivedmessage_changelist     302 302 403 200 200 200
admin:exchange_receivedmessage_add            302 302 403 403 403 403
admin:exchange_receivedmessage_history        302 302 403 200 200 200
admin:exchange_receivedmessage_delete         302 302 403 403 403 403
admin:exchange_receivedmessage_change         302 302 403 200 200 200
admin:exchange_senderdetails_changelist       302 302 403 403 403 200
admin:exchange_senderdetails_add              302 302 403 403 403 200
admin:exchange_senderdetails_history          302 302 403 403 403 200
admin:exchange_senderdetails_delete           302 302 403 403 403 403
admin:exchange_senderdetails_change           302 302 403 403 403 200
admin:exchange_receiversettings_changelist    302 302 403 403 403 200
admin:exchange_receiversettings_add           302 302 403 403 403 200
admin:exchange_receiversettings_history       302 302 403 403 403 200
admin:exchange_receiversettings_delete        302 302 403 403 403 403
admin:exchange_receiversettings_change        302 302 403 403 403 200
admin:exchange-message                        302 302 403 200 200 200
admin:exchange-again                          302 302 403 200 200 200
admin:exchange_submission_changelist          302 302 403 200 200 200
admin:exchange_submission_add                 302 302 403 403 403 403
admin:exchange_submission_history             302 302 403 200 200 200
admin:exchange_submission_delete              302 302 403 403 403 403
admin:exchange_submission_change              302 302 403 200 200 200
admin:research_downloadrequest_changelist     302 302 403 403 403 200
admin:research_downloadrequest_add            302 302 403 403 403 403
admin:research_downloadrequest_history        302 302 302 302 302 302
admin:research_downloadrequest_delete         302 302 403 403 403 403
admin:research_downloadrequest_change         302 302 403 403 403 302
admin:case-suggestions                        302 302 403 400 400 400
admin:case-moment-meaning                     302 302 403 405 405 405
admin:case-half-life                          302 302 403 200 200 200
admin:case-reading                            302 302 403 400 400 400
admin:case-lab-table                          302 302 403 405 405 405
admin:cases_case_sharing                      302 302 403 200 200 200
admin:cases_case_withdraw                     302 302 403 404 404 404
admin:cases_case_duplicate                    302 302 403 200 200 200
admin:cases_case_redact                       302 302 404 200 200 200
admin:cases_case_versions                     302 302 403 200 200 200
admin:cases_case_new_version                  302 302 403 200 200 200
admin:cases_case_nullify                      302 302 403 200 200 200
admin:case_present                            302 302 405 405 405 405
admin:case_left                               302 302 405 405 405 405
admin:cases_case_print_cioms                  302 302 403 200 200 200
admin:cases_case_changelist                   302 302 403 200 200 200
admin:cases_case_add                          302 302 403 200 200 200
admin:cases_case_history                      302 302 403 200 200 200
admin:cases_case_delete                       302 302 403 403 403 403
admin:cases_case_change                       302 302 403 200 200 200
admin:cases_drug_changelist                   302 302 200 200 200 200
admin:cases_drug_add                          302 302 403 200 200 200
admin:cases_drug_history                      302 302 200 200 200 200
admin:cases_drug_delete                       302 302 403 403 403 403
admin:cases_drug_change                       302 302 200 200 200 200
admin:app_list                                302 302 200 200 200 200
"""
ANSWERS = {name: tuple(map(int, answers)) for name, *answers in map(str.split, TABLE.strip().splitlines())}


def test_every_page_stands_in_the_table():
    named = {pattern.name for pattern in patterns() if _is_page(pattern.name)}
    assert named == ANSWERS.keys()


def _is_page(name: str) -> bool:
    """Addresses without a name lead to an error or to one that has one; leaving would end the walk."""
    return not name.startswith(("api-", "unnamed ")) and "logout" not in name


@pytest.mark.slow
@pytest.mark.parametrize("who", COLUMNS)
def test_the_table_holds(canary, drugs, make_machine, visitor, who):
    make_machine("reviewer")  # so that there is a token
    client, headers = visitor(who)
    numbers = [canary.case.number, *numbers_known(Walk(canary, client, headers))]
    best: dict[str, int] = {}
    for address in addresses(numbers, rows=2):
        if _is_page(address.name):
            status = client.get(address.path).status_code
            best[address.name] = min(status, best.get(address.name, status))
    column = COLUMNS.index(who)
    assert best == {name: answers[column] for name, answers in ANSWERS.items()}
