window.YTD.tweets.part1 = [
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [
          {
            "url": "https://t.co/bbbbbbbbbb",
            "expanded_url": "https://twitter.com/north_wire/status/1424022517969846281",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          }
        ],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424254148408246277",
      "id": "1424254148408246277",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 06:20:25 +0000 2021",
      "favorited": false,
      "full_text": "This was yesterday. Today the same road is empty. https://t.co/bbbbbbbbbb",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "urls": [
          {
            "url": "https://t.co/dddddddddd",
            "expanded_url": "https://twitter.com/i/web/status/1424256685962166278",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424256685962166278",
      "id": "1424256685962166278",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 06:30:30 +0000 2021",
      "favorited": false,
      "full_text": "Thread for colleagues who arrive late: the market in Kunduz city is closed, the road to the airport is open to the army only, the hospital asks for blood of all groups, and the council meets at noon. Two members of the council told us that they do no… https://t.co/dddddddddd",
      "lang": "en"
    }
  }
]