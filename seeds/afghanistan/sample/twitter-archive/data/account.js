window.YTD.account.part0 = [
  {
    "account": {
      "email": "shamal_ghag@mail.example",
      "createdVia": "web",
      "username": "shamal_ghag",
      "accountId": "1389120044556677889",
      "createdAt": "2021-05-03T06:11:09.000Z",
      "accountDisplayName": "د شمال غږ"
    }
  }
]
