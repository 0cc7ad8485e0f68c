window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "999",
      "updatedAt": "2021-08-08T06:30:30.000Z",
      "createdAt": "2021-08-08T06:30:30.000Z",
      "core": {
        "text": "Thread for colleagues who arrive late: the market in Kunduz city is closed, the road to the airport is open to the army only, the hospital asks for blood of all groups, and the council meets at noon. Two members of the council told us that they do not know who holds the police headquarters. More when we have it, with names: https://t.co/cccccccccc",
        "urls": [
          {
            "shortUrl": "https://t.co/cccccccccc",
            "expandedUrl": "https://post.example/long"
          }
        ],
        "mentions": [],
        "hashtags": []
      }
    }
  }
]