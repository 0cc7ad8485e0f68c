window.YTD.account.part0 = [
  {
    "account": {
      "email": "parwana_reports@mail.example",
      "createdVia": "web",
      "username": "parwana_reports",
      "accountId": "872233445566778899",
      "createdAt": "2017-06-07T09:20:41.000Z",
      "accountDisplayName": "Parwana Sediqi"
    }
  }
]
