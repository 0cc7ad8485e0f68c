window.YTD.account.part0 = [
  {
    "account": {
      "email": "desk@post.example",
      "createdVia": "web",
      "username": "kdz_desk",
      "accountId": "700100200",
      "createdAt": "2015-01-02T03:04:05.000Z",
      "accountDisplayName": "Kunduz desk"
    }
  }
]